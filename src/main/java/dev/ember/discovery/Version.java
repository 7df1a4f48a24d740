package dev.ember.discovery;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.List;

/** A version of the API in the format of OpenStack version discovery. */
record Version(
        @JsonProperty("id") String id,

        @JsonProperty("status") String status,

        @JsonProperty("links") List<Link> links) {

    /** A link to the version. */
    record Link(
            @JsonProperty("rel") String rel,

            @JsonProperty("href") URI href) {}

    /** The response with all versions. */
    record All(@JsonProperty("versions") List<Version> versions) {}

    /** The response with one version. */
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
