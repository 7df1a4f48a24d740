package dev.ember.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Describes a software config in a list, for the OpenAPI document. PostgreSQL renders the JSON. */
@Schema(
        name = "SoftwareConfigSummary",
        description = "A software config without its contents",
        requiredProperties = {"id", "name", "group", "creation_time"})
record SoftwareConfigSummary(
        @JsonProperty("id") @Schema(description = "Given by the service", format = "uuid", readOnly = true)
        String id,

        @JsonProperty("name")
        @Schema(description = "A name for people; it need not be unique", nullable = true, maxLength = 255)
        String name,

        @JsonProperty("group")
        @Schema(description = "The kind of tool that runs the config on the server", nullable = true, maxLength = 255)
        String group,

        @JsonProperty("creation_time") @Schema(description = "When the config was created, UTC", readOnly = true)
        Instant creationTime) {}
