package dev.ember.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.hibernate.orm.panache.common.ProjectedFieldName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A software config in a list, without its contents. */
@RegisterForReflection
@Schema(name = "SoftwareConfigSummary", description = "A software config without its contents")
record SoftwareConfigSummary(
        @JsonProperty("id") String id,
        @JsonProperty("name") String name,
        @JsonProperty("group") String group,

        @JsonProperty("creation_time") @ProjectedFieldName("createdAt")
        Instant creationTime) {

    SoftwareConfigSummary {
        creationTime = creationTime.truncatedTo(ChronoUnit.SECONDS);
    }
}
