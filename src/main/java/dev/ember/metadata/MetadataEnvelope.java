package dev.ember.metadata;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ember.config.SoftwareConfigView;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What metadata look like, for the OpenAPI document: PostgreSQL writes them. */
@Schema(name = "ServerMetadata", description = "What a server is to run", requiredProperties = "metadata")
record MetadataEnvelope(
        @JsonProperty("metadata") @Schema(description = "The software configs, in the order in which they are to run")
        List<SoftwareConfigView> metadata) {}
