package dev.ember.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ember.json.JsonText;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A software config as it appears in responses, with its contents. */
@RegisterForReflection
record SoftwareConfigView(
        @JsonProperty("id") String id,

        @JsonProperty("name") String name,

        @JsonProperty("group") String group,

        @JsonProperty("creation_time") Instant creationTime,

        @JsonProperty("config") JsonText config,

        @JsonProperty("inputs") JsonText inputs,

        @JsonProperty("outputs") JsonText outputs,

        @JsonProperty("options") JsonText options) {

    static SoftwareConfigView of(SoftwareConfig config) {
        return new SoftwareConfigView(
                config.id,
                config.name,
                config.group,
                config.createdAt.truncatedTo(ChronoUnit.SECONDS),
                config.config,
                config.inputs,
                config.outputs,
                config.options);
    }
}
