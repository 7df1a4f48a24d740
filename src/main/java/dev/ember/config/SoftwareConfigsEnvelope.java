package dev.ember.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Describes the list of configs for the OpenAPI document. The service streams the list in chunks. */
@Schema(
        name = "SoftwareConfigsEnvelope",
        description = "Software configs in an object of their own",
        requiredProperties = "software_configs")
record SoftwareConfigsEnvelope(
        @JsonProperty("software_configs") @Schema(description = "The configs, newest first")
        List<SoftwareConfigSummary> softwareConfigs) {}
