package dev.ember.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ember.json.JsonFields;
import dev.ember.json.JsonText;
import dev.ember.json.TextPattern;
import dev.ember.text.CanonicalUuid;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/**
 * The body of a request to update a software deployment. A null field stays unchanged; any other value replaces the
 * stored one.
 *
 * <p>An update may be the report of an agent, which does not send it again when it is rejected. So an update repairs a
 * status reason and values that a create would reject.
 */
@Schema(
        name = "SoftwareDeploymentUpdate",
        description = "What to change of a software deployment; absent and null fields stay as they are")
record SoftwareDeploymentUpdate(
        @JsonProperty("config_id")
        @Pattern(regexp = "(?s).*[^\\x00-\\x20].*", message = "must not be blank")
        @CodePointLength(max = 255, message = TOO_LONG)
        @Schema(
                description = "The software config to run",
                nullable = true,
                minLength = 1,
                maxLength = 255,
                pattern = TextPattern.NOT_BLANK)
        String configId,

        @JsonProperty("action")
        @CodePointLength(max = 255, message = TOO_LONG)
        @Schema(
                description = "The action that triggers the run",
                nullable = true,
                maxLength = 255,
                pattern = TextPattern.ANY)
        String action,

        @JsonProperty("status") @Schema(description = "How far the run is", nullable = true)
        DeploymentStatus status,

        @JsonProperty("status_reason")
        @Schema(
                description =
                        "Why the status is as it is; what is beyond 65,535 characters is cut off, and U+FFFD replaces U+0000",
                nullable = true)
        String statusReason,

        @JsonProperty("input_values")
        @Schema(
                description = "Values for the inputs of the config; U+FFFD replaces U+0000 in them",
                nullable = true,
                type = SchemaType.OBJECT,
                additionalProperties = Schema.True.class)
        JsonText inputValues,

        @JsonProperty("output_values")
        @Schema(
                description = "What the run gave back; U+FFFD replaces U+0000 in it",
                nullable = true,
                type = SchemaType.OBJECT,
                additionalProperties = Schema.True.class)
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
