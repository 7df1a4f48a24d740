package dev.ember.deployment;

import dev.ember.json.JsonFields;
import dev.ember.json.JsonText;
import dev.ember.text.CanonicalUuid;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.function.Function;
import org.hibernate.validator.constraints.CodePointLength;

/**
 * The body of a request to update a software deployment. A null field stays unchanged; any other value replaces the
 * stored one.
 *
 * <p>An update may be the report of an agent, which does not send it again when it is rejected. So an update repairs a
 * status reason and values that a create would reject.
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

    /** The values of the updated columns, in the order of the fields. */
    static final List<Function<SoftwareDeploymentUpdate, String>> COLUMNS = List.of(
            SoftwareDeploymentUpdate::configId,
            SoftwareDeploymentUpdate::action,
            update -> update.status == null ? null : update.status.name(),
            SoftwareDeploymentUpdate::statusReason,
            update -> text(update.inputValues),
            update -> text(update.outputValues));

    private static final String TOO_LONG = "must be at most {max} characters long";

    static SoftwareDeploymentUpdate read(JsonFields fields) {
        return new SoftwareDeploymentUpdate(
                CanonicalUuid.inLowerCase(fields.text("config_id")),
                fields.text("action"),
                fields.word("status", DeploymentStatus.class),
                fields.reportedText("status_reason", SoftwareDeployment.MAX_REASON_LENGTH),
                fields.reportedObject("input_values"),
                fields.reportedObject("output_values"));
    }

    /**
     * Returns whether the update changes the config of a deployment.
     *
     * @param currentConfigId the stored config id
     */
    boolean changesConfig(String currentConfigId) {
        return configId != null && !configId.equals(currentConfigId);
    }

    private static String text(JsonText json) {
        return json == null ? null : json.text();
    }
}
