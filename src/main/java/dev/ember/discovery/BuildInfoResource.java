package dev.ember.discovery;

import static dev.ember.policy.Operation.SHOW_BUILD_INFO;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ember.identity.Authorization;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestPath;

/**
 * The endpoint for the build of the service. Heat has separate programs for its API and its engine. Here, both names
 * refer to this service.
 */
@Path("/v1/{tenant_id: " + Authorization.TENANT + "}/build_info")
@Produces(MediaType.APPLICATION_JSON)
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
    public BuildInfo show(@RestPath("tenant_id") String tenantId) {
        authorization.authorize(SHOW_BUILD_INFO, tenantId);
        return info;
    }

    /** The builds of the API and the engine. */
    @RegisterForReflection
    public record BuildInfo(
            @JsonProperty("api") Build api,
            @JsonProperty("engine") Build engine) {}

    /** A build of a program. */
    @RegisterForReflection
    public record Build(@JsonProperty("revision") String revision) {}
}
