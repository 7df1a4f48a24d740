package dev.ember.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The object around a software config in a response. */
record SoftwareConfigEnvelope(
        @JsonProperty("software_config") SoftwareConfigView softwareConfig) {

    static SoftwareConfigEnvelope of(SoftwareConfig config) {
        return new SoftwareConfigEnvelope(SoftwareConfigView.of(config));
    }
}
