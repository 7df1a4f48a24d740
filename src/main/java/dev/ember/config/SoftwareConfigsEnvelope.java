package dev.ember.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a list of configs looks like, for the OpenAPI document: the service writes it piece by piece. */
@Schema(
        name = "SoftwareConfigsEnvelope",
        description = "Software configs in an object of their own",
        requiredProperties = "software_configs")
record SoftwareConfigsEnvelope(
        @JsonProperty("software_configs") @Schema(description = "The configs, newest first")
        List<SoftwareConfigSummary> softwareConfigs) {}
