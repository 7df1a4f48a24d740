package dev.ember.discovery;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.util.List;

/** A version of the API in the format of OpenStack version discovery. */
@RegisterForReflection
record Version(
        @JsonProperty("id") String id,

        @JsonProperty("status") String status,

        @JsonProperty("links") List<Link> links) {

    /** A link to the version. */
    @RegisterForReflection
    record Link(
            @JsonProperty("rel") String rel,

            @JsonProperty("href") URI href) {}

    /** The response with all versions. */
    @RegisterForReflection
    record All(@JsonProperty("versions") List<Version> versions) {}

    /** The response with one version. */
    @RegisterForReflection
    record One(@JsonProperty("version") Version version) {}

    /**
     * Creates the only version.
     *
     * @param root the root URL of the service
     */
    static Version at(URI root) {
        return new Version("v1.0", "CURRENT", List.of(new Link("self", root.resolve("/v1/"))));
    }
}
