package dev.ember.metadata;

import static dev.ember.policy.Operation.SHOW_METADATA;

import dev.ember.etag.EntityTag;
import dev.ember.etag.IfNoneMatch;
import dev.ember.etag.JsonResponse;
import dev.ember.etag.Preconditions;
import dev.ember.identity.Authorization;
import dev.ember.limits.RequestMemories;
import dev.ember.limits.RequestMemory;
import dev.ember.server.ServerPolls;
import dev.ember.tenant.JsonLookup.Key;
import dev.ember.watch.LongPolls;
import dev.ember.watch.Topic;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The endpoint for server metadata: the configs that the agent on a server must run. */
@Path("/v1/{tenant_id: " + Authorization.TENANT + "}/software_deployments")
@Produces(MediaType.APPLICATION_JSON)
public class MetadataResource {

    /** The metadata of a server without deployments or of an unknown server. */
    private static final byte[] EMPTY = "{\"metadata\":[]}".getBytes(StandardCharsets.UTF_8);

    private static final EntityTag EMPTY_TAG = new EntityTag("nothing");

    private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8");

    private final Authorization authorization;
    private final Preconditions preconditions;
    private final ServerConfigs configs;
    private final RequestMemories memories;
    private final ServerPolls polls;
    private final LongPolls longPolls;

    MetadataResource(
            Authorization authorization,
            Preconditions preconditions,
            ServerConfigs configs,
            RequestMemories memories,
            ServerPolls polls,
            LongPolls longPolls) {
        this.authorization = authorization;
        this.preconditions = preconditions;
        this.configs = configs;
        this.memories = memories;
        this.polls = polls;
        this.longPolls = longPolls;
    }

    @GET
    @Path("/metadata/{server_id}")
    public CompletionStage<RestResponse<byte[]>> show(
            @RestPath("tenant_id") String tenantId,
            @RestPath("server_id") String serverId,
            @Context RoutingContext context) {
        Key server = server(tenantId, serverId);
        IfNoneMatch client = preconditions.ifNoneMatch();
        polls.polled(server);
        RequestMemory memory = memories.ofCurrentRequest();
        return longPolls.respond(
                context, server.project(), Topic.server(server.id()), client, () -> find(server, client, memory));
    }

    /** Reads the configs only if the client does not have the current state. */
    private CompletionStage<RestResponse<byte[]>> find(Key server, IfNoneMatch client, RequestMemory memory) {
        if (!client.isPresent()) {
            return findConfigs(server, client, memory);
        }
        return configs.findTag(server).thenCompose(found -> {
            EntityTag tag = found.map(EntityTag::new).orElse(EMPTY_TAG);
            return client.matches(tag)
                    ? CompletableFuture.completedStage(tag.notModified())
                    : findConfigs(server, client, memory);
        });
    }

    /** Returns only the headers. Reads only the tag and no configs. */
    @HEAD
    @Path("/metadata/{server_id}")
    public CompletionStage<RestResponse<byte[]>> head(
            @RestPath("tenant_id") String tenantId, @RestPath("server_id") String serverId) {
        Key server = server(tenantId, serverId);
        IfNoneMatch client = preconditions.ifNoneMatch();
        polls.polled(server);
        return configs.findTag(server).thenApply(found -> {
            EntityTag tag = found.map(EntityTag::new).orElse(EMPTY_TAG);
            return client.matches(tag) ? tag.notModified() : withoutBody(tag);
        });
    }

    private Key server(String tenantId, String serverId) {
        return new Key(authorization.authorize(SHOW_METADATA, tenantId).project(), serverId);
    }

    private CompletionStage<RestResponse<byte[]>> findConfigs(Key server, IfNoneMatch client, RequestMemory memory) {
        return JsonResponse.find(configs.lookup(), server, client, memory, () -> emptyResponse(client));
    }

    private static RestResponse<byte[]> withoutBody(EntityTag tag) {
        return ResponseBuilder.<byte[]>create(RestResponse.Status.OK)
                .type(JSON)
                .header(EntityTag.HEADER, tag)
                .build();
    }

    private static RestResponse<byte[]> emptyResponse(IfNoneMatch client) {
        return client.respond(EMPTY_TAG, () -> EMPTY);
    }
}
