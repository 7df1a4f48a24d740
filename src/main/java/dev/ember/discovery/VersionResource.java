package dev.ember.discovery;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;

/** The endpoints for version discovery. They need no credentials. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class VersionResource {

    private static final int MULTIPLE_CHOICES = 300;

    /** The header in which a proxy sends the scheme that the client used. */
    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

    @GET
    public Response root(@Context HttpServerRequest request) {
        return versions(request);
    }

    @GET
    @Path("versions")
    public Response versions(@Context HttpServerRequest request) {
        Version.All all = new Version.All(List.of(Version.at(rootUrl(request))));
        return Response.status(MULTIPLE_CHOICES).entity(all).build();
    }

    @GET
    @Path("v1")
    public Version.One version(@Context HttpServerRequest request) {
        return new Version.One(Version.at(rootUrl(request)));
    }

    /**
     * Returns the root URL of the service. Without a Host header, which HTTP/1.0 does not require, the URL is relative.
     */
    private static URI rootUrl(HttpServerRequest request) {
        if (request.authority() == null || request.authority().host().isEmpty()) {
            return URI.create("/");
        }
        boolean secure = request.isSSL() || "https".equals(request.getHeader(FORWARDED_PROTO));
        return URI.create((secure ? "https" : "http") + "://" + request.authority() + "/");
    }
}
