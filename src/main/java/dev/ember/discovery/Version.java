package dev.ember.discovery;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A version of the API in the format of OpenStack version discovery. */
@Schema(
        name = "Version",
        description = "A version of the API",
        requiredProperties = {"id", "status", "links"})
record Version(
        @JsonProperty("id") @Schema(description = "The number of the version")
        String id,

        @JsonProperty("status") @Schema(description = "Always CURRENT")
        String status,

        @JsonProperty("links") @Schema(description = "Where it is")
        List<Link> links) {

    /** A link to the version. */
    @Schema(
            name = "VersionLink",
            description = "Where the version is",
            requiredProperties = {"rel", "href"})
    record Link(
            @JsonProperty("rel") @Schema(description = "Always self")
            String rel,

            @JsonProperty("href") @Schema(description = "The root of the version")
            URI href) {}

    /** The response with all versions. */
    @Schema(name = "VersionsEnvelope", description = "All versions of the API", requiredProperties = "versions")
    record All(
            @JsonProperty("versions") @Schema(description = "The versions: one")
            List<Version> versions) {}

    /** The response with one version. */
    @Schema(
            name = "VersionEnvelope",
            description = "A version of the API in an object of its own",
            requiredProperties = "version")
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
