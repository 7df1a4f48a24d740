package dev.ember.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The body of a response with one software config. */
record SoftwareConfigEnvelope(
        @JsonProperty("software_config") SoftwareConfigView softwareConfig) {

    static SoftwareConfigEnvelope of(SoftwareConfig config) {
        return new SoftwareConfigEnvelope(SoftwareConfigView.of(config));
    }
}
