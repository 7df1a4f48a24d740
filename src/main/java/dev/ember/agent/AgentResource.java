package dev.ember.agent;

import dev.ember.audit.AuditLog;
import dev.ember.deployment.Signal;
import dev.ember.deployment.Signal.Outcome;
import dev.ember.deployment.SoftwareDeploymentSignals;
import dev.ember.etag.EntityTag;
import dev.ember.etag.IfNoneMatch;
import dev.ember.etag.Preconditions;
import dev.ember.fault.NotFound;
import dev.ember.fault.Unavailable;
import dev.ember.identity.Authorization;
import dev.ember.json.RequestBodies;
import dev.ember.limits.RequestMemories;
import dev.ember.limits.RequestMemory;
import dev.ember.tenant.JsonLookup;
import dev.ember.tenant.JsonLookup.Found;
import dev.ember.tenant.JsonLookup.Key;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * The endpoints of in-server agents: what a server has to run, and the report of a run. A station of the pipeline has
 * verified the signature of the URL. The tenant, the server and the deployment are those that were signed.
 */
@Path("/agent/v1/{tenant_id: " + Authorization.TENANT + "}")
@Produces(MediaType.APPLICATION_JSON)
public class AgentResource {

    private static final byte[] NO_DEPLOYMENTS = {};
    private static final String NO_TAG = "none";
    private static final byte[] EMPTY_OBJECT = {'{', '}'};
    private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8");

    /** The memory for each byte that is read: the rows, their JSON, and the response. */
    private static final int COPIES = 3;

    private final AgentDeployments deployments;
    private final AgentMetadata metadata;
    private final AgentMetrics metrics;
    private final SoftwareDeploymentSignals signals;
    private final Preconditions preconditions;
    private final RequestMemories memories;
    private final RequestBodies bodies;
    private final AuditLog audit;

    AgentResource(
            AgentDeployments deployments,
            AgentMetadata metadata,
            AgentMetrics metrics,
            SoftwareDeploymentSignals signals,
            Preconditions preconditions,
            RequestMemories memories,
            RequestBodies bodies,
            AuditLog audit) {
        this.deployments = deployments;
        this.metadata = metadata;
        this.metrics = metrics;
        this.signals = signals;
        this.preconditions = preconditions;
        this.memories = memories;
        this.bodies = bodies;
        this.audit = audit;
    }

    @GET
    @Path("/servers/{server_id}/metadata")
    public CompletionStage<RestResponse<byte[]>> metadata(@Context RoutingContext context) {
        AgentPath server = AgentPath.verified(context);
        IfNoneMatch client = preconditions.ifNoneMatch();
        RequestMemory memory = memories.ofCurrentRequest();
        metrics.polled();
        Key key = new Key(server.tenant(), server.server());
        if (!client.isPresent()) {
            return find(server, key, memory);
        }
        return deployments.tagOf(key).thenCompose(found -> {
            EntityTag tag = metadata.tag(server, found.orElse(NO_TAG));
            return client.matches(tag) ? CompletableFuture.completedStage(notModified(tag)) : find(server, key, memory);
        });
    }

    /** The headers alone. Agents send HEAD before each GET and need nothing of it, so the database is not used. */
    @HEAD
    @Path("/servers/{server_id}/metadata")
    public RestResponse<byte[]> head() {
        return noStore(ResponseBuilder.<byte[]>create(RestResponse.Status.OK).type(JSON))
                .build();
    }

    @PUT
    @Path("/software_deployments/{id}/signal")
    public CompletionStage<RestResponse<byte[]>> put(@Context RoutingContext context) {
        return signal(context);
    }

    @POST
    @Path("/software_deployments/{id}/signal")
    public CompletionStage<RestResponse<byte[]>> post(@Context RoutingContext context) {
        return signal(context);
    }

    private CompletionStage<RestResponse<byte[]>> signal(RoutingContext context) {
        AgentPath path = AgentPath.verified(context);
        audit.signal(context, path.tenant(), path.deployment().toString());
        SignalBody body = new SignalBody(bodies.report(), context.request().getParam("signature"));
        RequestMemory memory = memories.ofCurrentRequest();
        return signals.store(new Signal(path.tenant(), path.deployment(), path.run(), body::report, memory))
                .thenApply(outcome -> {
                    metrics.signalled(outcome);
                    if (outcome == Outcome.NOT_FOUND) {
                        throw NotFound.agent();
                    }
                    if (outcome == Outcome.IGNORED) {
                        audit.ignored(context);
                    }
                    return noStore(ResponseBuilder.ok(EMPTY_OBJECT, JSON)).build();
                });
    }

    private CompletionStage<RestResponse<byte[]>> find(AgentPath server, Key key, RequestMemory memory) {
        JsonLookup lookup = deployments.lookup();
        return lookup.find(key).thenCompose(found -> {
            if (found.isEmpty() || found.get().json() != null) {
                return CompletableFuture.completedStage(
                        found.map(all -> ok(server, all)).orElseGet(() -> none(server)));
            }
            long size = found.get().size();
            memory.acquire(COPIES * size);
            return lookup.find(key, size)
                    .thenApply(all -> all.map(whole -> ok(server, whole)).orElseGet(() -> none(server)));
        });
    }

    /** Deployments that have become larger since their size was read have no JSON here. */
    private RestResponse<byte[]> ok(AgentPath server, Found found) {
        if (found.json() == null) {
            throw Unavailable.memory();
        }
        return ok(server, found.tag(), found.json());
    }

    private RestResponse<byte[]> none(AgentPath server) {
        return ok(server, NO_TAG, NO_DEPLOYMENTS);
    }

    private RestResponse<byte[]> ok(AgentPath server, String tag, byte[] found) {
        return noStore(ResponseBuilder.ok(metadata.render(server, found), JSON))
                .header(EntityTag.HEADER, metadata.tag(server, tag))
                .build();
    }

    private static RestResponse<byte[]> notModified(EntityTag tag) {
        return noStore(ResponseBuilder.<byte[]>create(RestResponse.Status.NOT_MODIFIED))
                .header(EntityTag.HEADER, tag)
                .build();
    }

    private static <T> ResponseBuilder<T> noStore(ResponseBuilder<T> response) {
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
