package dev.ember.deployment;

import static dev.ember.policy.Operation.CREATE_DEPLOYMENT;
import static dev.ember.policy.Operation.DELETE_DEPLOYMENT;
import static dev.ember.policy.Operation.LIST_DEPLOYMENTS;
import static dev.ember.policy.Operation.SHOW_DEPLOYMENT;
import static dev.ember.policy.Operation.UPDATE_DEPLOYMENT;

import dev.ember.creation.Creation;
import dev.ember.deployment.SoftwareDeploymentPages.Part;
import dev.ember.etag.EntityTag;
import dev.ember.etag.IfMatch;
import dev.ember.etag.IfNoneMatch;
import dev.ember.etag.JsonResponse;
import dev.ember.etag.Preconditions;
import dev.ember.fault.Fault;
import dev.ember.fault.NotFound;
import dev.ember.idempotency.Created;
import dev.ember.idempotency.Idempotency;
import dev.ember.idempotency.IdempotencyKey;
import dev.ember.identity.Authorization;
import dev.ember.identity.Caller;
import dev.ember.json.JsonBody;
import dev.ember.limits.RequestMemories;
import dev.ember.limits.RequestMemory;
import dev.ember.paging.ListResponse;
import dev.ember.paging.Page;
import dev.ember.paging.Query;
import dev.ember.tenant.JsonLookup.Found;
import dev.ember.tenant.JsonLookup.Key;
import dev.ember.tenant.Scope;
import dev.ember.text.CanonicalUuid;
import dev.ember.watch.LongPolls;
import dev.ember.watch.Topic;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The endpoints for software deployments of a tenant. */
@Path("/v1/{tenant_id: " + Authorization.TENANT + "}/software_deployments")
@Produces(MediaType.APPLICATION_JSON)
public class SoftwareDeploymentResource {

    private final Authorization authorization;
    private final Idempotency idempotency;
    private final Preconditions preconditions;
    private final SoftwareDeploymentCreations creations;
    private final SoftwareDeploymentChanges changes;
    private final SoftwareDeploymentLookup lookup;
    private final SoftwareDeploymentPages pages;
    private final RequestMemories memories;
    private final ListResponse lists;
    private final LongPolls polls;

    SoftwareDeploymentResource(
            Authorization authorization,
            Idempotency idempotency,
            Preconditions preconditions,
            SoftwareDeploymentCreations creations,
            SoftwareDeploymentChanges changes,
            SoftwareDeploymentLookup lookup,
            SoftwareDeploymentPages pages,
            RequestMemories memories,
            ListResponse lists,
            LongPolls polls) {
        this.authorization = authorization;
        this.idempotency = idempotency;
        this.preconditions = preconditions;
        this.creations = creations;
        this.changes = changes;
        this.lookup = lookup;
        this.pages = pages;
        this.memories = memories;
        this.lists = lists;
        this.polls = polls;
    }

    @GET
    public CompletionStage<RestResponse<?>> list(@RestPath("tenant_id") String tenantId, @Context UriInfo uri) {
        Caller caller = authorization.authorize(LIST_DEPLOYMENTS, tenantId);
        Query query = Query.of(uri);
        SoftwareDeploymentFilter filter = SoftwareDeploymentFilter.of(query);
        RequestMemory memory = memories.ofCurrentRequest();
        return Page.of(query)
                .checked(id -> lookup.find(caller.project(), id))
                .thenCompose(page -> list(caller.project(), filter, page, memory));
    }

    private CompletionStage<RestResponse<?>> list(
            String project, SoftwareDeploymentFilter filter, Page<UUID> page, RequestMemory memory) {
        Supplier<CompletionStage<RestResponse<?>>> inChunks = () -> lists.of(
                "software_deployments",
                page,
                memory,
                (marker, limit, bytes) -> pages.findChunk(new Part(project, filter, marker, limit), bytes));
        return page.limit() > SoftwareDeploymentPages.SMALL_PAGE
                ? inChunks.get()
                : pages.findPage(new Part(project, filter, page.marker(), page.limit()))
                        .thenCompose(whole -> whole.isEmpty()
                                ? inChunks.get()
                                : CompletableFuture.completedStage(RestResponse.ok(whole.get())));
    }

    @POST
    public CompletionStage<RestResponse<byte[]>> create(@RestPath("tenant_id") String tenantId, JsonBody body) {
        Caller caller = authorization.authorize(CREATE_DEPLOYMENT, tenantId);
        Optional<IdempotencyKey> key = idempotency.key();
        SoftwareDeployment deployment =
                SoftwareDeployment.of(caller.project(), body.as(SoftwareDeploymentCreation::read));
        return idempotency.create(
                caller,
                CREATE_DEPLOYMENT,
                body,
                key,
                new Created(deployment.id, SoftwareDeploymentEnvelope.of(deployment)),
                keyed -> creations.store(Creation.of(deployment, caller, deployment.stackUserProjectId, keyed)));
    }

    @GET
    @Path("/{id}")
    public CompletionStage<RestResponse<byte[]>> show(
            @RestPath("tenant_id") String tenantId, @RestPath String id, @Context RoutingContext context) {
        Caller caller = authorization.authorize(SHOW_DEPLOYMENT, tenantId);
        IfNoneMatch client = preconditions.ifNoneMatch();
        UUID uuid = CanonicalUuid.parse(id).orElseThrow(() -> NotFound.deployment(id));
        Key key = new Key(caller.project(), uuid.toString());
        RequestMemory memory = memories.ofCurrentRequest();
        return polls.respond(
                context,
                caller.project(),
                Topic.deployment(uuid),
                client,
                () -> JsonResponse.find(lookup.lookup(), key, client, memory, () -> {
                    throw NotFound.deployment(id);
                }));
    }

    @PUT
    @Path("/{id}")
    public CompletionStage<RestResponse<byte[]>> update(
            @RestPath("tenant_id") String tenantId,
            @RestPath String id,
            JsonBody body,
            @Context RoutingContext context) {
        Caller caller = authorization.authorize(UPDATE_DEPLOYMENT, tenantId);
        IfMatch condition = preconditions.ifMatch();
        RequestMemory memory = memories.ofCurrentRequest();
        UUID uuid = CanonicalUuid.parse(id).orElseThrow(() -> NotFound.deployment(id));
        SoftwareDeploymentUpdate update;
        try {
            update = body.as(SoftwareDeploymentUpdate::read);
        } catch (Fault e) {
            return lookup.find(caller.project(), uuid).thenApply(found -> {
                condition.check(new EntityTag(
                        found.orElseThrow(() -> NotFound.deployment(id)).tag()));
                throw e;
            });
        }
        Change change = new Change(
                Scope.ofTenant(caller.project()), uuid, condition, update, Origin.of(context, caller.user()), memory);
        return apply(caller, id, change).thenApply(updated -> new EntityTag(updated.tag()).ok(updated.json()));
    }

    private CompletionStage<Found> apply(Caller caller, String id, Change change) {
        return changes.apply(caller.project(), change)
                .thenApply(found -> found.orElseThrow(() -> NotFound.deployment(id)));
    }

    @DELETE
    @Path("/{id}")
    public CompletionStage<Void> delete(@RestPath("tenant_id") String tenantId, @RestPath String id) {
        Caller caller = authorization.authorize(DELETE_DEPLOYMENT, tenantId);
        IfMatch condition = preconditions.ifMatch();
        UUID uuid = CanonicalUuid.parse(id).orElseThrow(() -> NotFound.deployment(id));
        Change deletion = new Change(Scope.ofTenant(caller.project()), uuid, condition, null, null, null);
        return apply(caller, id, deletion).thenApply(deleted -> null);
    }
}
