package dev.ember.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ember.json.JsonText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A software deployment as it appears in responses. Times are in whole seconds. The tenant and the project of the stack
 * user are not part of it.
 */
@Schema(
        name = "SoftwareDeployment",
        description = "A software deployment",
        requiredProperties = {
            "id",
            "server_id",
            "config_id",
            "action",
            "status",
            "status_reason",
            "input_values",
            "output_values",
            "creation_time",
            "updated_time"
        })
record SoftwareDeploymentView(
        @JsonProperty("id") @Schema(description = "Given by the service", readOnly = true)
        UUID id,

        @JsonProperty("server_id") @Schema(description = "The server that the config runs on", maxLength = 255)
        String serverId,

        @JsonProperty("config_id") @Schema(description = "The software config that runs", maxLength = 255)
        String configId,

        @JsonProperty("action") @Schema(description = "The action that triggers the run", maxLength = 255)
        String action,

        @JsonProperty("status") @Schema(description = "How far the run is")
        DeploymentStatus status,

        @JsonProperty("status_reason")
        @Schema(description = "Why the status is as it is", nullable = true, maxLength = 65_535)
        String statusReason,

        @JsonProperty("input_values")
        @Schema(
                description = "Values for the inputs of the config",
                nullable = true,
                type = SchemaType.OBJECT,
                additionalProperties = Schema.True.class)
        JsonText inputValues,

        @JsonProperty("output_values")
        @Schema(
                description = "What the run gave back",
                nullable = true,
                type = SchemaType.OBJECT,
                additionalProperties = Schema.True.class)
        JsonText outputValues,

        @JsonProperty("creation_time") @Schema(description = "When the deployment was created, UTC", readOnly = true)
        Instant creationTime,

        @JsonProperty("updated_time")
        @Schema(description = "When it was last updated, or else created, UTC", readOnly = true)
        Instant updatedTime) {

    static SoftwareDeploymentView of(SoftwareDeployment deployment) {
        return new SoftwareDeploymentView(
                deployment.id,
                deployment.serverId,
                deployment.configId,
                deployment.action,
                deployment.status,
                deployment.statusReason,
                deployment.inputValues,
                deployment.outputValues,
                deployment.createdAt.truncatedTo(ChronoUnit.SECONDS),
                deployment.updatedAt.truncatedTo(ChronoUnit.SECONDS));
    }
}
