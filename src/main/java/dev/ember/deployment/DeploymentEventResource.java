package dev.ember.deployment;

import static dev.ember.policy.Operation.LIST_EVENTS;

import dev.ember.fault.NotFound;
import dev.ember.identity.Authorization;
import dev.ember.identity.Caller;
import dev.ember.limits.RequestMemories;
import dev.ember.limits.RequestMemory;
import dev.ember.paging.ListResponse;
import dev.ember.paging.Page;
import dev.ember.paging.Query;
import dev.ember.tenant.JsonLookup.Found;
import dev.ember.text.CanonicalUuid;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The endpoint for the events of a deployment: what has changed it, when, and by which request. */
@Path("/v1/{tenant_id: " + Authorization.TENANT + "}/software_deployments")
@Produces(MediaType.APPLICATION_JSON)
public class DeploymentEventResource {

    private static final Pattern VERSION = Pattern.compile("0|[1-9][0-9]{0,8}");

    private final Authorization authorization;
    private final SoftwareDeploymentLookup lookup;
    private final DeploymentEventPages pages;
    private final RequestMemories memories;
    private final ListResponse lists;

    DeploymentEventResource(
            Authorization authorization,
            SoftwareDeploymentLookup lookup,
            DeploymentEventPages pages,
            RequestMemories memories,
            ListResponse lists) {
        this.authorization = authorization;
        this.lookup = lookup;
        this.pages = pages;
        this.memories = memories;
        this.lists = lists;
    }

    @GET
    @Path("/{id}/events")
    public CompletionStage<RestResponse<?>> list(
            @RestPath("tenant_id") String tenantId, @RestPath String id, @Context UriInfo uri) {
        Caller caller = authorization.authorize(LIST_EVENTS, tenantId);
        RequestMemory memory = memories.ofCurrentRequest();
        Query query = Query.of(uri);
        UUID uuid = CanonicalUuid.parse(id).orElseThrow(() -> NotFound.deployment(id));
        Page<Integer> page = Page.of(query, text -> version(uuid, text));
        return lookup.find(caller.project(), uuid)
                .thenCompose(found -> {
                    int newest = versionOf(found.orElseThrow(() -> NotFound.deployment(id)));
                    return page.checked(version -> CompletableFuture.completedStage(
                            Optional.of(version).filter(known -> known <= newest)));
                })
                .thenCompose(checked -> lists.of(
                        "events",
                        checked,
                        memory,
                        (marker, limit, bytes) -> pages.findChunk(caller.project(), uuid, marker, limit, bytes)));
    }

    /** Returns the version in the id of an event. Empty when it is not the id of an event of the deployment. */
    private static Optional<Integer> version(UUID deployment, String event) {
        int end = event.lastIndexOf('.');
        return end < 0
                ? Optional.empty()
                : CanonicalUuid.parse(event.substring(0, end))
                        .filter(deployment::equals)
                        .map(known -> event.substring(end + 1))
                        .filter(text -> VERSION.matcher(text).matches())
                        .map(Integer::valueOf);
    }

    private static int versionOf(Found deployment) {
        return Integer.parseInt(deployment.tag().substring(deployment.tag().lastIndexOf('.') + 1));
    }
}
