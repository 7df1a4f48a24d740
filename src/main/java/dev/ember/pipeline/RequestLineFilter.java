package dev.ember.pipeline;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Interprets the path and the method of a request as Heat does, where JAX-RS would behave differently. */
final class RequestLineFilter {

    private static final String MINOR_VERSION = "/v1.0";
    private static final Set<String> ROOTS = Set.of("/", "/v1/", "/v1.0/");

    /** A single filter applies all rules, because each filter adds a cost to every request. */
    @ServerRequestFilter(preMatching = true, priority = Station.Priority.REQUEST_LINE)
    Response filter(ContainerRequestContext context, HttpServerRequest request) {
        rejectTrailingSlash(request.path());
        // The response is always JSON, regardless of the Accept header.
        request.headers().set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON);
        rewriteMinorVersion(context, request);
        return request.method().equals(HttpMethod.OPTIONS) ? options() : null;
    }

    /**
     * A path with a trailing slash is a different path. Only the root paths have one. %2F is part of an id, but Quarkus
     * reads it as a slash if the path has a parameter such as {@code ;a=b}.
     */
    private static void rejectTrailingSlash(String path) {
        boolean endsInSlash = path.endsWith("/")
                || path.indexOf(';') >= 0 && path.regionMatches(true, path.length() - 3, "%2f", 0, 3);
        if (endsInSlash && !ROOTS.contains(path)) {
            throw new NotFoundException();
        }
    }

    /**
     * Heat also accepts its version with the minor number. Quarkus decodes the path that is set here once more than the
     * path of a request.
     */
    private static void rewriteMinorVersion(ContainerRequestContext context, HttpServerRequest request) {
        String path = request.path();
        if (path.equals(MINOR_VERSION) || path.startsWith(MINOR_VERSION + "/")) {
            String encoded = path.substring(MINOR_VERSION.length()).replace("%", "%25");
            String query = request.query() == null ? "" : "?" + request.query();
            context.setRequestUri(URI.create("/v1" + encoded + query));
        }
    }

    /** Responds with the methods of the path. JAX-RS would respond with those of its resource class. */
    private static Response options() {
        Set<String> allowed = AllowedMethods.ofCurrentRequest();
        if (allowed.isEmpty()) {
            throw new NotFoundException();
        }
        return Response.noContent().allow(allowed).build();
    }
}
