package dev.ember.deployment;

import static dev.ember.policy.Operation.CREATE_DEPLOYMENT;
import static dev.ember.policy.Operation.DELETE_DEPLOYMENT;
import static dev.ember.policy.Operation.LIST_DEPLOYMENTS;
import static dev.ember.policy.Operation.SHOW_DEPLOYMENT;
import static dev.ember.policy.Operation.UPDATE_DEPLOYMENT;

import dev.ember.audit.AuditLog;
import dev.ember.config.ConfigReferences;
import dev.ember.database.JsonLookup.Found;
import dev.ember.database.JsonLookup.Key;
import dev.ember.database.Transactions;
import dev.ember.deployment.SoftwareDeploymentQueries.Locked;
import dev.ember.etag.EntityTag;
import dev.ember.etag.IfMatch;
import dev.ember.etag.IfNoneMatch;
import dev.ember.etag.JsonResponse;
import dev.ember.etag.Preconditions;
import dev.ember.fault.NotFound;
import dev.ember.idempotency.Created;
import dev.ember.idempotency.Idempotency;
import dev.ember.identity.Caller;
import dev.ember.identity.Callers;
import dev.ember.json.JsonBody;
import dev.ember.limits.MemoryBudget;
import dev.ember.limits.RequestMemory;
import dev.ember.paging.ListResponse;
import dev.ember.paging.Page;
import dev.ember.paging.Query;
import dev.ember.quota.Quotas;
import dev.ember.uuid.CanonicalUuid;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The software deployments of a tenant. */
@Path("/v1/{tenant_id: " + Callers.TENANT + "}/software_deployments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Software deployments")
public class SoftwareDeploymentResource {

    private final Callers callers;
    private final ConfigReferences references;
    private final Quotas quotas;
    private final Idempotency idempotency;
    private final Preconditions preconditions;
    private final GroupCommit groupCommit;
    private final SoftwareDeploymentQueries queries;
    private final MemoryBudget budget;
    private final ListResponse lists;
    private final AuditLog audit;

    SoftwareDeploymentResource(
            Callers callers,
            ConfigReferences references,
            Quotas quotas,
            Idempotency idempotency,
            Preconditions preconditions,
            GroupCommit groupCommit,
            SoftwareDeploymentQueries queries,
            MemoryBudget budget,
            ListResponse lists,
            AuditLog audit) {
        this.callers = callers;
        this.references = references;
        this.quotas = quotas;
        this.idempotency = idempotency;
        this.preconditions = preconditions;
        this.groupCommit = groupCommit;
        this.queries = queries;
        this.budget = budget;
        this.lists = lists;
        this.audit = audit;
    }

    @GET
    @Blocking
    @Operation(
            operationId = "listSoftwareDeployments",
            summary = "List software deployments",
            description = "Those that the project may see, oldest first. Filters compare exactly.")
    @Parameter(name = "limit", in = ParameterIn.QUERY)
    @Parameter(name = "marker", in = ParameterIn.QUERY)
    @Parameter(name = "server_id", in = ParameterIn.QUERY)
    @Parameter(name = "config_id", in = ParameterIn.QUERY)
    @Parameter(name = "action", in = ParameterIn.QUERY)
    @Parameter(name = "status", in = ParameterIn.QUERY)
    @APIResponse(responseCode = "400", ref = "InvalidQuery")
    @APIResponse(
            responseCode = "200",
            description = "The deployments, or a page of them",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SoftwareDeploymentsEnvelope.class)))
    public CompletionStage<RestResponse<?>> list(@RestPath("tenant_id") String tenantId, @Context UriInfo uri) {
        Caller caller = callers.permit(LIST_DEPLOYMENTS, tenantId);
        Query query = Query.of(uri);
        SoftwareDeploymentFilter filter = SoftwareDeploymentFilter.of(query);
        Page page = Page.of(query, id -> SoftwareDeployment.exists(caller.project(), id));
        return lists.of(
                "software_deployments",
                page,
                (marker, limit, bytes) -> queries.page(caller.project(), filter, marker, limit, bytes));
    }

    @POST
    @Operation(
            operationId = "createSoftwareDeployment",
            summary = "Create a software deployment",
            description = "The server is not told; its agent finds the deployment in its metadata.")
    @Parameter(name = "Idempotency-Key", in = ParameterIn.HEADER)
    @APIResponse(responseCode = "400", ref = "InvalidCreation")
    @APIResponse(responseCode = "409", ref = "IdempotencyConflict")
    @APIResponse(
            responseCode = "200",
            description = "The deployment, stored",
            headers = {
                @Header(name = "ETag", ref = "EntityTag"),
                @Header(name = "Idempotency-Replayed", ref = "IdempotencyReplayed")
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SoftwareDeploymentEnvelope.class)))
    public CompletionStage<RestResponse<byte[]>> create(
            @RestPath("tenant_id") String tenantId,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = SoftwareDeploymentCreation.class)))
                    JsonBody body) {
        Caller caller = callers.permit(CREATE_DEPLOYMENT, tenantId);
        if (idempotency.isAskedFor() || quotas.limitDeployments(caller) || references.areChecked()) {
            return Transactions.call(
                    () -> idempotency.once(caller, CREATE_DEPLOYMENT, body, () -> create(caller, body)));
        }
        SoftwareDeployment deployment =
                SoftwareDeployment.of(caller.project(), body.as(SoftwareDeploymentCreation::read));
        CompletionStage<Void> durable = groupCommit.store(deployment);
        RestResponse<byte[]> response = idempotency.answer(created(deployment)); // While it is being stored.
        return durable.thenApply(stored -> response);
    }

    private Created create(Caller caller, JsonBody body) {
        SoftwareDeploymentCreation creation = body.as(SoftwareDeploymentCreation::read);
        quotas.admitDeployment(caller);
        references.check(caller.project(), creation.configId());
        SoftwareDeployment deployment = SoftwareDeployment.of(caller.project(), creation);
        deployment.persist();
        return created(deployment);
    }

    private Created created(SoftwareDeployment deployment) {
        audit.created(deployment.id.toString());
        return new Created(deployment.id, SoftwareDeploymentEnvelope.of(deployment));
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getSoftwareDeployment",
            summary = "Show a software deployment",
            description = "A deployment that the project may see. Showing changes nothing.")
    @Parameter(name = "If-None-Match", in = ParameterIn.HEADER)
    @APIResponse(responseCode = "304", ref = "NotModified")
    @APIResponse(
            responseCode = "200",
            description = "The deployment",
            headers = @Header(name = "ETag", ref = "EntityTag"),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SoftwareDeploymentEnvelope.class)))
    public CompletionStage<RestResponse<byte[]>> show(@RestPath("tenant_id") String tenantId, @RestPath String id) {
        Caller caller = callers.permit(SHOW_DEPLOYMENT, tenantId);
        IfNoneMatch client = preconditions.ifNoneMatch();
        UUID uuid = CanonicalUuid.parse(id).orElseThrow(() -> NotFound.deployment(id));
        return JsonResponse.find(
                queries.lookup(), new Key(caller.project(), uuid.toString()), client, budget.ofPresentRequest(), () -> {
                    throw NotFound.deployment(id);
                });
    }

    @PUT
    @Path("/{id}")
    @Operation(
            operationId = "updateSoftwareDeployment",
            summary = "Update a software deployment",
            description =
                    "Fields that are absent or null stay as they are; any other value, also an empty one, replaces the old one whole.")
    @Parameter(name = "If-Match", in = ParameterIn.HEADER)
    @APIResponse(responseCode = "412", ref = "PreconditionFailed")
    @APIResponse(
            responseCode = "200",
            description = "The deployment as it is now",
            headers = @Header(name = "ETag", ref = "EntityTag"),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SoftwareDeploymentEnvelope.class)))
    public RestResponse<byte[]> update(
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
        IfMatch condition = preconditions.ifMatch();
        RequestMemory memory = budget.ofPresentRequest();
        UUID uuid = CanonicalUuid.parse(id).orElseThrow(() -> NotFound.deployment(id));
        return Transactions.get(() -> update(caller, id, uuid, condition, memory, body));
    }

    private RestResponse<byte[]> update(
            Caller caller, String id, UUID uuid, IfMatch condition, RequestMemory memory, JsonBody body) {
        Locked locked = queries.lock(caller.project(), uuid).orElseThrow(() -> NotFound.deployment(id));
        condition.check(EntityTag.of(uuid, locked.version()));
        SoftwareDeploymentUpdate update = body.as(SoftwareDeploymentUpdate::read);
        if (update.changesConfig(locked.configId())) {
            references.checkChange(caller.project(), locked.tenantId(), update.configId());
        }
        Found updated = queries.update(uuid, update, memory);
        return Preconditions.ok(new EntityTag(updated.tag()), updated.json());
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "deleteSoftwareDeployment",
            summary = "Delete a software deployment",
            description = "The software config of the deployment stays.")
    @Parameter(name = "If-Match", in = ParameterIn.HEADER)
    @APIResponse(responseCode = "412", ref = "PreconditionFailed")
    @APIResponse(responseCode = "204", description = "The deployment is deleted")
    public void delete(@RestPath("tenant_id") String tenantId, @RestPath String id) {
        Caller caller = callers.permit(DELETE_DEPLOYMENT, tenantId);
        IfMatch condition = preconditions.ifMatch();
        UUID uuid = CanonicalUuid.parse(id).orElseThrow(() -> NotFound.deployment(id));
        Transactions.run(() -> delete(caller, id, uuid, condition));
    }

    private void delete(Caller caller, String id, UUID uuid, IfMatch condition) {
        if (condition.isGiven()) {
            queries.lock(caller.project(), uuid)
                    .ifPresent(locked -> condition.check(EntityTag.of(uuid, locked.version())));
        }
        if (!SoftwareDeployment.delete(caller.project(), uuid)) {
            throw NotFound.deployment(id);
        }
    }
}
