package dev.ember.metadata;

import static dev.ember.policy.Operation.SHOW_METADATA;

import dev.ember.config.ServerConfig;
import dev.ember.config.SoftwareConfig;
import dev.ember.etag.EntityTag;
import dev.ember.etag.Preconditions;
import dev.ember.identity.Caller;
import dev.ember.identity.Callers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** What a server is to run, for the agent in it. */
@Path("/v1/{tenant_id: " + Callers.TENANT + "}/software_deployments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Server metadata")
public class MetadataResource {

    private final Callers callers;
    private final Preconditions preconditions;
    private final MetadataTags tags;

    MetadataResource(Callers callers, Preconditions preconditions, MetadataTags tags) {
        this.callers = callers;
        this.preconditions = preconditions;
        this.tags = tags;
    }

    @GET
    @Path("/metadata/{server_id}")
    @Operation(
            operationId = "getServerMetadata",
            summary = "Show what a server is to run",
            description =
                    "The config of each deployment to the server, in the order of their names, then of the deployments. Configs that are kept elsewhere are left out.")
    @Parameter(name = "If-None-Match", in = ParameterIn.HEADER)
    @APIResponse(responseCode = "304", ref = "NotModified")
    @APIResponse(
            responseCode = "200",
            description = "The configs, none for an unknown server",
            headers = @Header(name = "ETag", ref = "EntityTag"),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MetadataEnvelope.class)))
    public RestResponse<MetadataEnvelope> show(
            @RestPath("tenant_id") String tenantId, @RestPath("server_id") String serverId) throws SQLException {
        Caller caller = callers.permit(SHOW_METADATA, tenantId);
        boolean unknown = serverId.indexOf(0) >= 0;
        if (preconditions.dependsOnClient() && !unknown) {
            EntityTag tag = tags.of(caller.project(), serverId);
            if (preconditions.clientHas(tag)) {
                return Preconditions.notModified(tag);
            }
        }
        List<ServerConfig> configs = unknown ? List.of() : read(caller.project(), serverId);
        return preconditions.answer(MetadataTags.of(configs), () -> MetadataEnvelope.of(configs));
    }

    /** In one statement, so that the tag is that of the body. */
    private static List<ServerConfig> read(String project, String serverId) {
        return QuarkusTransaction.requiringNew().call(() -> SoftwareConfig.ofServer(project, serverId));
    }
}
