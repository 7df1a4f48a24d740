package dev.ember.deployment;

import dev.ember.json.JsonFields;
import dev.ember.json.JsonText;
import dev.ember.text.CanonicalUuid;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.function.Function;
import org.hibernate.validator.constraints.CodePointLength;

/**
 * What a request to update a software deployment says: null leaves a field as it is, anything else replaces it.
 *
 * <p>An update may be an agent's report, which the agent does not send again when it is rejected. So the reason and the
 * values are repaired where a create would be rejected.
 */
record SoftwareDeploymentUpdate(
        @Pattern(regexp = "(?s).*[^\\x00-\\x20].*", message = "must not be blank")
        @CodePointLength(max = 255, message = TOO_LONG)
        String configId,

        @CodePointLength(max = 255, message = TOO_LONG) String action,

        DeploymentStatus status,

        String statusReason,

        JsonText inputValues,

        JsonText outputValues) {

    /** The values of the columns that an update changes, in the order of the fields. */
    static final List<Function<SoftwareDeploymentUpdate, String>> COLUMNS = List.of(
            SoftwareDeploymentUpdate::configId,
            SoftwareDeploymentUpdate::action,
            update -> update.status == null ? null : update.status.name(),
            SoftwareDeploymentUpdate::statusReason,
            update -> text(update.inputValues),
            update -> text(update.outputValues));

    private static final String TOO_LONG = "must be at most {max} characters long";
    private static final int MAX_REASON_LENGTH = 65_535;

    static SoftwareDeploymentUpdate read(JsonFields fields) {
        return new SoftwareDeploymentUpdate(
                CanonicalUuid.inLowerCase(fields.text("config_id")),
                fields.text("action"),
                fields.word("status", DeploymentStatus.class),
                fields.reportedText("status_reason", MAX_REASON_LENGTH),
                fields.reportedObject("input_values"),
                fields.reportedObject("output_values"));
    }

    /** Whether the update gives a deployment another config than it has. */
    boolean changesConfig(String present) {
        return configId != null && !configId.equals(present);
    }

    private static String text(JsonText json) {
        return json == null ? null : json.text();
    }
}
