package dev.ember.deployment;

import static dev.ember.policy.Operation.CREATE_DEPLOYMENT;
import static dev.ember.policy.Operation.DELETE_DEPLOYMENT;
import static dev.ember.policy.Operation.LIST_DEPLOYMENTS;
import static dev.ember.policy.Operation.SHOW_DEPLOYMENT;
import static dev.ember.policy.Operation.UPDATE_DEPLOYMENT;

import dev.ember.audit.AuditLog;
import dev.ember.config.ConfigReferences;
import dev.ember.fault.NotFound;
import dev.ember.identity.Caller;
import dev.ember.identity.Callers;
import dev.ember.json.JsonBody;
import dev.ember.paging.ListResponse;
import dev.ember.paging.Page;
import dev.ember.paging.Query;
import dev.ember.uuid.CanonicalUuid;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
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
    private final ConfigReferences references;
    private final ListResponse lists;
    private final AuditLog audit;

    SoftwareDeploymentResource(Callers callers, ConfigReferences references, ListResponse lists, AuditLog audit) {
        this.callers = callers;
        this.references = references;
        this.lists = lists;
        this.audit = audit;
    }

    @GET
    @Blocking
    @Operation(operationId = "listSoftwareDeployments", summary = "List software deployments")
    public Multi<byte[]> list(@RestPath("tenant_id") String tenantId, @Context UriInfo uri) {
        Caller caller = callers.permit(LIST_DEPLOYMENTS, tenantId);
        Query query = Query.of(uri);
        SoftwareDeploymentFilter filter = SoftwareDeploymentFilter.of(query);
        Page page = Page.of(query, id -> SoftwareDeployment.exists(caller.project(), id));
        return lists.of(
                "software_deployments",
                page,
                (marker, limit) -> SoftwareDeployment.page(caller.project(), filter, marker, limit)
                        .map(SoftwareDeploymentView::of),
                SoftwareDeploymentView::id);
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
        Caller caller = callers.permit(CREATE_DEPLOYMENT, tenantId);
        SoftwareDeploymentCreation creation = body.as(SoftwareDeploymentCreation::read);
        references.check(caller.project(), creation.configId());
        SoftwareDeployment deployment = SoftwareDeployment.create(caller.project(), creation);
        audit.created(deployment.id.toString());
        return SoftwareDeploymentEnvelope.of(deployment);
    }

    @GET
    @Path("/{id}")
    @Transactional
    @Operation(operationId = "getSoftwareDeployment", summary = "Show a software deployment")
    @APIResponse(responseCode = "200", description = "The deployment")
    public SoftwareDeploymentEnvelope show(@RestPath("tenant_id") String tenantId, @RestPath String id) {
        Caller caller = callers.permit(SHOW_DEPLOYMENT, tenantId);
        return CanonicalUuid.parse(id)
                .flatMap(uuid -> SoftwareDeployment.find(caller.project(), uuid))
                .map(SoftwareDeploymentEnvelope::of)
                .orElseThrow(() -> NotFound.deployment(id));
    }

    @PUT
    @Path("/{id}")
    @Transactional
    @Operation(operationId = "updateSoftwareDeployment", summary = "Update a software deployment")
    @APIResponse(responseCode = "200", description = "The deployment as it is now")
    public SoftwareDeploymentEnvelope update(
            @RestPath("tenant_id") String tenantId,
            @RestPath String id,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = SoftwareDeploymentUpdate.class)))
                    JsonBody body) {
        Caller caller = callers.permit(UPDATE_DEPLOYMENT, tenantId);
        SoftwareDeployment deployment = CanonicalUuid.parse(id)
                .flatMap(uuid -> SoftwareDeployment.reserve(caller.project(), uuid))
                .orElseThrow(() -> NotFound.deployment(id));
        SoftwareDeploymentUpdate update = body.as(SoftwareDeploymentUpdate::read);
        if (update.changesConfigOf(deployment)) {
            references.checkChange(caller.project(), deployment.tenantId, update.configId());
        }
        deployment.update(update);
        return SoftwareDeploymentEnvelope.of(deployment);
    }

    @DELETE
    @Path("/{id}")
    @Transactional
    @Operation(operationId = "deleteSoftwareDeployment", summary = "Delete a software deployment")
    @APIResponse(responseCode = "204", description = "The deployment is deleted; its config stays")
    public void delete(@RestPath("tenant_id") String tenantId, @RestPath String id) {
        Caller caller = callers.permit(DELETE_DEPLOYMENT, tenantId);
        CanonicalUuid.parse(id)
                .filter(uuid -> SoftwareDeployment.delete(caller.project(), uuid))
                .orElseThrow(() -> NotFound.deployment(id));
    }
}
