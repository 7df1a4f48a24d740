package dev.ember.config;

import static dev.ember.policy.Operation.CREATE_CONFIG;
import static dev.ember.policy.Operation.DELETE_CONFIG;
import static dev.ember.policy.Operation.LIST_CONFIGS;
import static dev.ember.policy.Operation.SHOW_CONFIG;

import dev.ember.creation.Creation;
import dev.ember.database.Transactions;
import dev.ember.etag.IfMatch;
import dev.ember.etag.IfNoneMatch;
import dev.ember.etag.JsonResponse;
import dev.ember.etag.Preconditions;
import dev.ember.fault.Forbidden;
import dev.ember.fault.InvalidQuery;
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
import dev.ember.tenant.JsonLookup.Key;
import dev.ember.text.CanonicalUuid;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The endpoints for software configs of a tenant. */
@Path("/v1/{tenant_id: " + Authorization.TENANT + "}/software_configs")
@Produces(MediaType.APPLICATION_JSON)
public class SoftwareConfigResource {

    private final Authorization authorization;
    private final Idempotency idempotency;
    private final Preconditions preconditions;
    private final SoftwareConfigCreations creations;
    private final SoftwareConfigQueries queries;
    private final SoftwareConfigDeletions deletions;
    private final RequestMemories memories;
    private final ListResponse lists;

    SoftwareConfigResource(
            Authorization authorization,
            Idempotency idempotency,
            Preconditions preconditions,
            SoftwareConfigCreations creations,
            SoftwareConfigQueries queries,
            SoftwareConfigDeletions deletions,
            RequestMemories memories,
            ListResponse lists) {
        this.authorization = authorization;
        this.idempotency = idempotency;
        this.preconditions = preconditions;
        this.creations = creations;
        this.queries = queries;
        this.deletions = deletions;
        this.memories = memories;
        this.lists = lists;
    }

    @GET
    public CompletionStage<RestResponse<?>> list(@RestPath("tenant_id") String tenantId, @Context UriInfo uri) {
        Caller caller = authorization.authorize(LIST_CONFIGS, tenantId);
        Query query = Query.of(uri);
        query.parameter("global_tenant").ifPresent(SoftwareConfigResource::rejectGlobalTenant);
        RequestMemory memory = memories.ofCurrentRequest();
        return Page.of(query)
                .checked(id -> queries.lookup().find(new Key(caller.project(), id.toString())))
                .thenCompose(page -> lists.of(
                        "software_configs",
                        page,
                        memory,
                        (marker, limit, bytes) -> queries.page(caller.project(), marker, limit)));
    }

    /** Heat's policy allows no caller to list the configs of all tenants. */
    private static void rejectGlobalTenant(String value) {
        switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> throw Forbidden.operation("software_configs:global_index");
            case "false" -> {}
            default ->
                throw InvalidQuery.because("Unrecognized value \"" + value
                        + "\" for \"global_tenant\", acceptable values are: true, false.");
        }
    }

    @POST
    public CompletionStage<RestResponse<byte[]>> create(@RestPath("tenant_id") String tenantId, JsonBody body) {
        Caller caller = authorization.authorize(CREATE_CONFIG, tenantId);
        Optional<IdempotencyKey> key = idempotency.key();
        SoftwareConfig config = SoftwareConfig.of(caller.project(), body.as(SoftwareConfigCreation::read));
        return idempotency.create(
                caller,
                CREATE_CONFIG,
                body,
                key,
                new Created(UUID.fromString(config.id), SoftwareConfigEnvelope.of(config)),
                keyed -> creations.store(Creation.of(config, caller, null, keyed)));
    }

    @GET
    @Path("/{id}")
    public CompletionStage<RestResponse<byte[]>> show(@RestPath("tenant_id") String tenantId, @RestPath String id) {
        Caller caller = authorization.authorize(SHOW_CONFIG, tenantId);
        IfNoneMatch client = preconditions.ifNoneMatch();
        UUID uuid = CanonicalUuid.parse(id).orElseThrow(() -> NotFound.config(id));
        return JsonResponse.find(
                queries.lookup(),
                new Key(caller.project(), uuid.toString()),
                client,
                memories.ofCurrentRequest(),
                () -> {
                    throw NotFound.config(id);
                });
    }

    @DELETE
    @Path("/{id}")
    public void delete(@RestPath("tenant_id") String tenantId, @RestPath String id) {
        Caller caller = authorization.authorize(DELETE_CONFIG, tenantId);
        IfMatch condition = preconditions.ifMatch();
        Transactions.run(() -> deletions.delete(caller.project(), id, condition));
    }
}
