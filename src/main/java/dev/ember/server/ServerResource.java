package dev.ember.server;

import static dev.ember.policy.Operation.LIST_SERVERS;

import dev.ember.deployment.DeploymentStatus;
import dev.ember.identity.Authorization;
import dev.ember.limits.RequestMemories;
import dev.ember.paging.ListResponse;
import dev.ember.paging.Page;
import dev.ember.paging.Query;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The endpoint for the servers of a tenant. */
@Path("/v1/{tenant_id: " + Authorization.TENANT + "}/servers")
@Produces(MediaType.APPLICATION_JSON)
public class ServerResource {

    private static final int MAX_ID_LENGTH = 255;

    private final Authorization authorization;
    private final ServerPages pages;
    private final RequestMemories memories;
    private final ListResponse lists;

    ServerResource(Authorization authorization, ServerPages pages, RequestMemories memories, ListResponse lists) {
        this.authorization = authorization;
        this.pages = pages;
        this.memories = memories;
        this.lists = lists;
    }

    /**
     * A marker need not be the id of a known server, because a server has no deployments when the last one is deleted.
     */
    @GET
    public CompletionStage<RestResponse<?>> list(@RestPath("tenant_id") String tenantId, @Context UriInfo uri) {
        String tenant = authorization.authorize(LIST_SERVERS, tenantId).project();
        Query query = Query.of(uri);
        DeploymentStatus status = query.word("status", DeploymentStatus.class).orElse(null);
        String marker = query.text("marker", MAX_ID_LENGTH).orElse(null);
        int limit = Page.of(query, Optional::of).limit();
        return lists.of(
                "servers",
                new Page<>(limit, marker),
                memories.ofCurrentRequest(),
                (after, number, bytes) -> pages.find(tenant, status, after, number));
    }
}
