package dev.ember.metadata;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ember.config.SoftwareConfigView;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The configs that a server is to run, in the order in which it is to run them. */
@Schema(name = "ServerMetadata", description = "What a server is to run", requiredProperties = "metadata")
record MetadataEnvelope(
        @JsonProperty("metadata") @Schema(description = "The software configs, in the order in which they are to run")
        List<SoftwareConfigView> metadata) {

    static MetadataEnvelope of(List<ServerConfig> configs) {
        return new MetadataEnvelope(configs.stream().map(ServerConfig::config).toList());
    }
}
