package dev.ember.deployment;

import static dev.ember.policy.Operation.WATCH_DEPLOYMENTS;

import dev.ember.identity.Authorization;
import dev.ember.identity.Caller;
import dev.ember.limits.RequestMemories;
import dev.ember.paging.Query;
import dev.ember.watch.EventStreams;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The endpoint for the changes of deployments of a tenant, as they happen. */
@Path("/v1/{tenant_id: " + Authorization.TENANT + "}/software_deployments")
public class DeploymentWatchResource {

    private final Authorization authorization;
    private final SoftwareDeploymentPages pages;
    private final SoftwareDeploymentLookup lookup;
    private final RequestMemories memories;
    private final EventStreams streams;

    DeploymentWatchResource(
            Authorization authorization,
            SoftwareDeploymentPages pages,
            SoftwareDeploymentLookup lookup,
            RequestMemories memories,
            EventStreams streams) {
        this.authorization = authorization;
        this.pages = pages;
        this.lookup = lookup;
        this.memories = memories;
        this.streams = streams;
    }

    @GET
    @Path("/watch")
    public RestResponse<?> watch(
            @RestPath("tenant_id") String tenantId, @Context UriInfo uri, @Context RoutingContext context) {
        Caller caller = authorization.authorize(WATCH_DEPLOYMENTS, tenantId);
        Query query = Query.of(uri);
        SoftwareDeploymentFilter filter = SoftwareDeploymentFilter.of(query);
        boolean changesOnly = query.flag("changes_only");
        return streams.respond(
                context,
                caller.project(),
                new WatchedDeployments(pages, caller.project(), filter, changesOnly),
                lookup.lookup(),
                memories.ofCurrentRequest());
    }
}
