package dev.ember.deployment;

import dev.ember.fault.FaultBody;
import dev.ember.fault.NotFound;
import dev.ember.identity.Caller;
import dev.ember.identity.Callers;
import dev.ember.json.JsonBody;
import dev.ember.uuid.CanonicalUuid;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The software deployments of a tenant. */
@Path("/v1/{tenant_id: " + Callers.TENANT + "}/software_deployments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Software deployments", description = "Which software config runs on which server, and what came of it")
public class SoftwareDeploymentResource {

    private final Callers callers;

    SoftwareDeploymentResource(Callers callers) {
        this.callers = callers;
    }

    @POST
    @Transactional
    @Operation(operationId = "createSoftwareDeployment", summary = "Create a software deployment")
    @APIResponse(responseCode = "200", description = "The deployment, stored")
    public SoftwareDeploymentEnvelope create(
            @RestPath("tenant_id") String tenantId,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = SoftwareDeploymentCreation.class)))
                    JsonBody body) {
        Caller caller = callers.in(tenantId);
        SoftwareDeploymentCreation creation = body.as(SoftwareDeploymentCreation::read);
        return SoftwareDeploymentEnvelope.of(SoftwareDeployment.create(caller.project(), creation));
    }

    @GET
    @Path("/{id}")
    @Transactional
    @Operation(operationId = "getSoftwareDeployment", summary = "Show a software deployment")
    @APIResponse(responseCode = "200", description = "The deployment")
    @APIResponse(
            responseCode = "404",
            description = "The tenant has no such deployment",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = FaultBody.class)))
    public SoftwareDeploymentEnvelope show(@RestPath("tenant_id") String tenantId, @RestPath String id) {
        Caller caller = callers.in(tenantId);
        return CanonicalUuid.parse(id)
                .flatMap(uuid -> SoftwareDeployment.find(caller.project(), uuid))
                .map(SoftwareDeploymentEnvelope::of)
                .orElseThrow(() -> NotFound.deployment(id));
    }
}
