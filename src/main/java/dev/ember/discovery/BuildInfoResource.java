package dev.ember.discovery;

import static dev.ember.policy.Operation.SHOW_BUILD_INFO;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ember.identity.Authorization;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/**
 * The endpoint for the build of the service. Heat has separate programs for its API and its engine. Here, both names
 * refer to this service.
 */
@Path("/v1/{tenant_id: " + Authorization.TENANT + "}/build_info")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Discovery")
public class BuildInfoResource {

    private final Authorization authorization;
    private final BuildInfo info;

    BuildInfoResource(
            Authorization authorization, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.authorization = authorization;
        Build build = new Build(version);
        this.info = new BuildInfo(build, build);
    }

    @GET
    @Operation(
            operationId = "getBuildInfo",
            summary = "Show which build of the service is running",
            description = "Heat's API and its engine are two programs; here both are this one.")
    @APIResponse(responseCode = "200", description = "The build")
    public BuildInfo show(@RestPath("tenant_id") String tenantId) {
        authorization.authorize(SHOW_BUILD_INFO, tenantId);
        return info;
    }

    /** The builds of the API and the engine. */
    @Schema(
            name = "BuildInfo",
            description = "What is running",
            requiredProperties = {"api", "engine"})
    public record BuildInfo(
            @JsonProperty("api") Build api,
            @JsonProperty("engine") Build engine) {}

    /** A build of a program. */
    @Schema(name = "Build", description = "A build of a program", requiredProperties = "revision")
    public record Build(
            @JsonProperty("revision") @Schema(description = "The version of the program")
            String revision) {}
}
