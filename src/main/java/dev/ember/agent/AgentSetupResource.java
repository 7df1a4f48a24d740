package dev.ember.agent;

import static dev.ember.policy.Operation.SHOW_AGENT;

import dev.ember.fault.NotFound;
import dev.ember.identity.Authorization;
import dev.ember.identity.Caller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Gives the operator of a server what its agent needs. Stores nothing. */
@Path("/v1/{tenant_id: " + Authorization.TENANT + "}/software_deployments")
@Produces(MediaType.APPLICATION_JSON)
public class AgentSetupResource {

    private final Authorization authorization;
    private final SignedUrls urls;
    private final UserData userData;

    AgentSetupResource(Authorization authorization, SignedUrls urls, UserData userData) {
        this.authorization = authorization;
        this.urls = urls;
        this.userData = userData;
    }

    @GET
    @Path("/metadata/{server_id}/agent")
    public RestResponse<AgentSetup> show(
            @RestPath("tenant_id") String tenantId, @RestPath("server_id") String serverId, @Context UriInfo uri) {
        Caller caller = authorization.authorize(SHOW_AGENT, tenantId);
        if (!urls.areEnabled()) {
            throw NotFound.path(uri.getPath());
        }
        String metadataUrl = urls.sign(AgentPath.metadata(caller.project(), serverId));
        return ResponseBuilder.ok(new AgentSetup(new AgentSetup.Agent(metadataUrl, userData.of(metadataUrl))))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
