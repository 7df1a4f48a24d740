package dev.ember.discovery;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.List;

/** A version of the API, as OpenStack's clients discover it. */
record Version(
        @JsonProperty("id") String id,

        @JsonProperty("status") String status,

        @JsonProperty("links") List<Link> links) {

    /** Where the version is. */
    record Link(
            @JsonProperty("rel") String rel,

            @JsonProperty("href") URI href) {}

    /** The list of all versions. */
    record All(@JsonProperty("versions") List<Version> versions) {}

    /** One version in an object of its own. */
    record One(@JsonProperty("version") Version version) {}

    /** The one version that there is, below the root of the service. */
    static Version at(URI root) {
        return new Version("v1.0", "CURRENT", List.of(new Link("self", root.resolve("/v1/"))));
    }
}
