package dev.ember.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The body of a response with one software config. */
@RegisterForReflection
record SoftwareConfigEnvelope(
        @JsonProperty("software_config") SoftwareConfigView softwareConfig) {

    static SoftwareConfigEnvelope of(SoftwareConfig config) {
        return new SoftwareConfigEnvelope(SoftwareConfigView.of(config));
    }
}
