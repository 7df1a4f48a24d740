package dev.ember.deployment;

import dev.ember.json.JsonFields;
import dev.ember.json.JsonText;
import dev.ember.text.CanonicalUuid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Objects;
import org.hibernate.validator.constraints.CodePointLength;

/** The body of a request to create a software deployment. Lengths are in Unicode code points. */
record SoftwareDeploymentCreation(
        @NotNull(message = REQUIRED)
        @Pattern(regexp = NOT_BLANK, message = REQUIRED)
        @CodePointLength(max = 255, message = TOO_LONG)
        String configId,

        @NotNull(message = REQUIRED)
        @Pattern(regexp = NOT_BLANK, message = REQUIRED)
        @Pattern(regexp = NO_DOT_SEGMENT, message = DOT_SEGMENT)
        @CodePointLength(max = 255, message = TOO_LONG)
        String serverId,

        @NotNull(message = REQUIRED)
        @Pattern(regexp = NOT_BLANK, message = REQUIRED)
        @CodePointLength(max = 255, message = TOO_LONG)
        String action,

        @CodePointLength(max = 64, message = TOO_LONG) String stackUserProjectId,

        DeploymentStatus status,

        @CodePointLength(max = 65_535, message = TOO_LONG) String statusReason,

        JsonText inputValues) {

    private static final String REQUIRED = "is required and must not be blank";
    private static final String NOT_BLANK = "^[^\\x00]*[^\\x00-\\x20][^\\x00]*$";
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
