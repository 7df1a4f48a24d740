package dev.ember.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ember.json.JsonText;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A software deployment as it appears in responses. Times are in whole seconds. The tenant and the project of the stack
 * user are not part of it.
 */
@RegisterForReflection
record SoftwareDeploymentView(
        @JsonProperty("id") UUID id,

        @JsonProperty("server_id") String serverId,

        @JsonProperty("config_id") String configId,

        @JsonProperty("action") String action,

        @JsonProperty("status") DeploymentStatus status,

        @JsonProperty("status_reason") String statusReason,

        @JsonProperty("input_values") JsonText inputValues,

        @JsonProperty("output_values") JsonText outputValues,

        @JsonProperty("creation_time") Instant creationTime,

        @JsonProperty("updated_time") Instant updatedTime) {

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
