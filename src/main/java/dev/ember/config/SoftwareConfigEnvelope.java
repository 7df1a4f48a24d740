package dev.ember.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of a response with one software config. */
@Schema(
        name = "SoftwareConfigEnvelope",
        description = "A software config in an object of its own",
        requiredProperties = "software_config")
record SoftwareConfigEnvelope(
        @JsonProperty("software_config") SoftwareConfigView softwareConfig) {

    static SoftwareConfigEnvelope of(SoftwareConfig config) {
        return new SoftwareConfigEnvelope(SoftwareConfigView.of(config));
    }
}
