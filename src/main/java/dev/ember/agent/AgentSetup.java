package dev.ember.agent;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What a new server needs for its agent, in an object of its own. */
@RegisterForReflection
public record AgentSetup(@JsonProperty("agent") Agent agent) {

    /**
     * @param metadataUrl the signed URL of the server's metadata, a credential
     * @param userData a cloud-config that configures os-collect-config
     */
    @RegisterForReflection
    public record Agent(
            @JsonProperty("metadata_url") String metadataUrl,
            @JsonProperty("user_data") String userData) {}
}
