package dev.ember.metadata;

import static dev.ember.policy.Operation.SHOW_METADATA;

import dev.ember.config.SoftwareConfig;
import dev.ember.identity.Caller;
import dev.ember.identity.Callers;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What a server is to run, for the agent in it. */
@Path("/v1/{tenant_id: " + Callers.TENANT + "}/software_deployments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Server metadata")
public class MetadataResource {

    private final Callers callers;

    MetadataResource(Callers callers) {
        this.callers = callers;
    }

    @GET
    @Path("/metadata/{server_id}")
    @Transactional
    @Operation(
            operationId = "getServerMetadata",
            summary = "Show what a server is to run",
            description =
                    "The config of each deployment to the server, in the order of their names, then of the deployments. Configs that are kept elsewhere are left out.")
    @APIResponse(responseCode = "200", description = "The configs, none for an unknown server")
    public MetadataEnvelope show(@RestPath("tenant_id") String tenantId, @RestPath("server_id") String serverId) {
        Caller caller = callers.permit(SHOW_METADATA, tenantId);
        return MetadataEnvelope.of(
                serverId.indexOf(0) < 0 ? SoftwareConfig.ofServer(caller.project(), serverId) : List.of());
    }
}
