package dev.ember.metadata;

import static dev.ember.policy.Operation.SHOW_METADATA;

import dev.ember.etag.EntityTag;
import dev.ember.etag.IfNoneMatch;
import dev.ember.etag.JsonResponse;
import dev.ember.etag.Preconditions;
import dev.ember.identity.Authorization;
import dev.ember.limits.RequestMemories;
import dev.ember.limits.RequestMemory;
import dev.ember.tenant.JsonLookup.Key;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** What a server is to run, for the agent in it. */
@Path("/v1/{tenant_id: " + Authorization.TENANT + "}/software_deployments")
@Produces(MediaType.APPLICATION_JSON)
public class MetadataResource {

    /** The metadata of a server without deployments, and of an unknown one. */
    private static final byte[] NOTHING = "{\"metadata\":[]}".getBytes(StandardCharsets.UTF_8);

    private static final EntityTag NOTHING_TAG = new EntityTag("nothing");

    private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8");

    private final Authorization authorization;
    private final Preconditions preconditions;
    private final ServerConfigs configs;
    private final RequestMemories memories;

    MetadataResource(
            Authorization authorization, Preconditions preconditions, ServerConfigs configs, RequestMemories memories) {
        this.authorization = authorization;
        this.preconditions = preconditions;
        this.configs = configs;
        this.memories = memories;
    }

    @GET
    @Path("/metadata/{server_id}")
    public CompletionStage<RestResponse<byte[]>> show(
            @RestPath("tenant_id") String tenantId, @RestPath("server_id") String serverId) {
        Key server = server(tenantId, serverId);
        IfNoneMatch client = preconditions.ifNoneMatch();
        RequestMemory memory = memories.ofCurrentRequest();
        if (!client.isGiven()) {
            return find(server, client, memory);
        }
        return configs.tagOf(server).thenCompose(found -> {
            EntityTag tag = found.map(EntityTag::new).orElse(NOTHING_TAG);
            return client.has(tag) ? CompletableFuture.completedStage(tag.notModified()) : find(server, client, memory);
        });
    }

    /** The headers alone, for which the tag is enough: no config is read. */
    @HEAD
    @Path("/metadata/{server_id}")
    public CompletionStage<RestResponse<byte[]>> head(
            @RestPath("tenant_id") String tenantId, @RestPath("server_id") String serverId) {
        Key server = server(tenantId, serverId);
        IfNoneMatch client = preconditions.ifNoneMatch();
        return configs.tagOf(server).thenApply(found -> {
            EntityTag tag = found.map(EntityTag::new).orElse(NOTHING_TAG);
            return client.has(tag) ? tag.notModified() : withoutBody(tag);
        });
    }

    private Key server(String tenantId, String serverId) {
        return new Key(authorization.authorize(SHOW_METADATA, tenantId).project(), serverId);
    }

    private CompletionStage<RestResponse<byte[]>> find(Key server, IfNoneMatch client, RequestMemory memory) {
        return JsonResponse.find(configs.lookup(), server, client, memory, () -> nothing(client));
    }

    private static RestResponse<byte[]> withoutBody(EntityTag tag) {
        return ResponseBuilder.<byte[]>create(RestResponse.Status.OK)
                .type(JSON)
                .header(EntityTag.HEADER, tag)
                .build();
    }

    private static RestResponse<byte[]> nothing(IfNoneMatch client) {
        return client.respond(NOTHING_TAG, () -> NOTHING);
    }
}
