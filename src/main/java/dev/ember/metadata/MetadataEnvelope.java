package dev.ember.metadata;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ember.config.SoftwareConfigView;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Describes server metadata for the OpenAPI document. PostgreSQL renders the JSON. */
@Schema(name = "ServerMetadata", description = "What a server is to run", requiredProperties = "metadata")
record MetadataEnvelope(
        @JsonProperty("metadata") @Schema(description = "The software configs, in the order in which they are to run")
        List<SoftwareConfigView> metadata) {}
