package dev.ember.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ember.json.JsonFields;
import dev.ember.json.JsonText;
import dev.ember.json.TextPattern;
import dev.ember.text.CanonicalUuid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** The body of a request to create a software deployment. Lengths are in Unicode code points. */
@Schema(name = "SoftwareDeploymentCreate", description = "A software deployment to create; other fields are ignored")
record SoftwareDeploymentCreation(
        @JsonProperty("config_id")
        @NotNull(message = REQUIRED)
        @Pattern(regexp = TextPattern.NOT_BLANK, message = REQUIRED)
        @CodePointLength(max = 255, message = TOO_LONG)
        @Schema(
                description = "The software config to run",
                required = true,
                minLength = 1,
                maxLength = 255,
                pattern = TextPattern.NOT_BLANK,
                examples = "8da95794-2ad9-4979-8ae5-739ce314c5cd")
        String configId,

        @JsonProperty("server_id")
        @NotNull(message = REQUIRED)
        @Pattern(regexp = TextPattern.NOT_BLANK, message = REQUIRED)
        @Pattern(regexp = NO_DOT_SEGMENT, message = DOT_SEGMENT)
        @CodePointLength(max = 255, message = TOO_LONG)
        @Schema(
                description = "The server to run it on; not . or .., which no path can hold",
                required = true,
                minLength = 1,
                maxLength = 255,
                pattern = TextPattern.PATH_SEGMENT,
                examples = "ec14c864-096e-4e27-bb8a-2c2b4dc6f3f5")
        String serverId,

        @JsonProperty("action")
        @NotNull(message = REQUIRED)
        @Pattern(regexp = TextPattern.NOT_BLANK, message = REQUIRED)
        @CodePointLength(max = 255, message = TOO_LONG)
        @Schema(
                description = "The action that triggers the run, usually CREATE, UPDATE, DELETE, SUSPEND or RESUME",
                required = true,
                minLength = 1,
                maxLength = 255,
                pattern = TextPattern.NOT_BLANK,
                examples = "CREATE")
        String action,

        @JsonProperty("stack_user_project_id")
        @CodePointLength(max = 64, message = TOO_LONG)
        @Schema(
                description = "A project that may also operate on this deployment; never returned",
                nullable = true,
                maxLength = 64,
                pattern = TextPattern.ANY,
                examples = "c024bfada67845ddb17d2b0c0be8cd79")
        String stackUserProjectId,

        @JsonProperty("status")
        @Schema(
                description = "How far the run is; IN_PROGRESS when absent",
                nullable = true,
                defaultValue = "IN_PROGRESS",
                examples = "IN_PROGRESS")
        DeploymentStatus status,

        @JsonProperty("status_reason")
        @CodePointLength(max = 65_535, message = TOO_LONG)
        @Schema(
                description = "Why the status is as it is",
                nullable = true,
                maxLength = 65_535,
                pattern = TextPattern.ANY,
                examples = "Deploy data available")
        String statusReason,

        @JsonProperty("input_values")
        @Schema(
                description = "Values for the inputs of the config",
                nullable = true,
                type = SchemaType.OBJECT,
                additionalProperties = Schema.True.class)
        JsonText inputValues) {

    private static final String REQUIRED = "is required and must not be blank";
    private static final String NO_DOT_SEGMENT = "(?s)(?!\\.\\.?\\z).*";
    private static final String DOT_SEGMENT = "must not be '.' or '..', which cannot be a segment of a URL path";
    private static final String TOO_LONG = "must be at most {max} characters long";

    static SoftwareDeploymentCreation read(JsonFields fields) {
        return new SoftwareDeploymentCreation(
                CanonicalUuid.inLowerCase(fields.text("config_id")),
                fields.text("server_id"),
                fields.text("action"),
                fields.text("stack_user_project_id"),
                Objects.requireNonNullElse(fields.word("status", DeploymentStatus.class), DeploymentStatus.IN_PROGRESS),
                fields.text("status_reason"),
                fields.object("input_values"));
    }
}
