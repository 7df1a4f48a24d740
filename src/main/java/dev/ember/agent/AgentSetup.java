package dev.ember.agent;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a new server needs for its agent, in an object of its own. */
public record AgentSetup(@JsonProperty("agent") Agent agent) {

    /**
     * @param metadataUrl the signed URL of the server's metadata, a credential
     * @param userData a cloud-config that configures os-collect-config
     */
    public record Agent(
            @JsonProperty("metadata_url") String metadataUrl,
            @JsonProperty("user_data") String userData) {}
}
