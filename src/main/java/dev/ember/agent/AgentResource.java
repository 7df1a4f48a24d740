package dev.ember.agent;

import dev.ember.audit.AuditLog;
import dev.ember.deployment.Origin;
import dev.ember.deployment.Signal;
import dev.ember.deployment.Signal.Outcome;
import dev.ember.deployment.SoftwareDeploymentSignals;
import dev.ember.etag.EntityTag;
import dev.ember.etag.IfNoneMatch;
import dev.ember.etag.Preconditions;
import dev.ember.fault.NotFound;
import dev.ember.identity.Authorization;
import dev.ember.json.RequestBodies;
import dev.ember.limits.RequestMemories;
import dev.ember.limits.RequestMemory;
import dev.ember.server.ServerPolls;
import dev.ember.tenant.JsonLookup;
import dev.ember.tenant.JsonLookup.Found;
import dev.ember.tenant.JsonLookup.Key;
import dev.ember.watch.LongPolls;
import dev.ember.watch.Topic;
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

    private static final String NO_TAG = "none";
    private static final Found NO_DEPLOYMENTS = new Found(NO_TAG, 0, AgentDeployments.NONE);
    private static final byte[] EMPTY_OBJECT = {'{', '}'};
    private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8");

    /** The memory for each byte that is read: the rows, their JSON, and the response. */
    private static final int COPIES = 3;

    private final AgentDeployments deployments;
    private final AgentMetadata metadata;
    private final SignedUrls urls;
    private final AgentMetrics metrics;
    private final ServerPolls polls;
    private final LongPolls longPolls;
    private final SoftwareDeploymentSignals signals;
    private final Preconditions preconditions;
    private final RequestMemories memories;
    private final RequestBodies bodies;
    private final AuditLog audit;

    AgentResource(
            AgentDeployments deployments,
            AgentMetadata metadata,
            SignedUrls urls,
            AgentMetrics metrics,
            ServerPolls polls,
            LongPolls longPolls,
            SoftwareDeploymentSignals signals,
            Preconditions preconditions,
            RequestMemories memories,
            RequestBodies bodies,
            AuditLog audit) {
        this.deployments = deployments;
        this.metadata = metadata;
        this.urls = urls;
        this.metrics = metrics;
        this.polls = polls;
        this.longPolls = longPolls;
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
        polls.polled(key(server));
        String agentConfig = metadata.agentConfig(urls.sign(server));
        return longPolls.respond(
                context,
                server.tenant(),
                Topic.server(server.server()),
                client,
                () -> find(server, client, agentConfig, memory));
    }

    /** Reads the deployments only if the client does not have the current state. */
    private CompletionStage<RestResponse<byte[]>> find(
            AgentPath server, IfNoneMatch client, String agentConfig, RequestMemory memory) {
        if (!client.isPresent()) {
            return findDeployments(server, agentConfig, memory);
        }
        return deployments.findTag(key(server)).thenCompose(found -> {
            EntityTag tag = metadata.tag(agentConfig, found.orElse(NO_TAG));
            return client.matches(tag)
                    ? CompletableFuture.completedStage(notModified(tag))
                    : findDeployments(server, agentConfig, memory);
        });
    }

    /** The headers alone. Agents send HEAD before each GET and need nothing of it, so the database is not used. */
    @HEAD
    @Path("/servers/{server_id}/metadata")
    public RestResponse<byte[]> head(@Context RoutingContext context) {
        polls.polled(key(AgentPath.verified(context)));
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
        return signals.store(new Signal(
                        path.tenant(), path.deployment(), path.run(), body::report, Origin.of(context, null), memory))
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

    private CompletionStage<RestResponse<byte[]>> findDeployments(
            AgentPath server, String agentConfig, RequestMemory memory) {
        JsonLookup lookup = deployments.lookup();
        return lookup.find(key(server))
                .thenCompose(found -> found.isEmpty()
                        ? CompletableFuture.completedStage(found)
                        : lookup.complete(key(server), found.get(), memory, COPIES))
                .thenApply(found -> ok(server, agentConfig, found.orElse(NO_DEPLOYMENTS)));
    }

    private static Key key(AgentPath server) {
        return new Key(server.tenant(), server.server());
    }

    private RestResponse<byte[]> ok(AgentPath server, String agentConfig, Found found) {
        return noStore(ResponseBuilder.ok(metadata.render(server, agentConfig, found.json()), JSON))
                .header(EntityTag.HEADER, metadata.tag(agentConfig, found.tag()))
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
