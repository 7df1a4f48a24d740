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

/** What Heat makes of a request before it looks for the operation, where JAX-RS would do otherwise. */
final class RequestLineFilter {

    private static final String MINOR_VERSION = "/v1.0";
    private static final Set<String> ROOTS = Set.of("/", "/v1/", "/v1.0/");

    /** One filter for all of it, since each one costs every request. */
    @ServerRequestFilter(preMatching = true, priority = Station.Priority.REQUEST_LINE)
    Response read(ContainerRequestContext context, HttpServerRequest request) {
        rejectTrailingSlash(request.path());
        // Whatever a client accepts, the answer is JSON.
        request.headers().set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON);
        readMinorVersion(context, request);
        return request.method().equals(HttpMethod.OPTIONS) ? options() : null;
    }

    /**
     * A path with a slash at its end is another path; only the roots have one. %2F is a part of an id, but for Quarkus
     * it is a slash once the path has a parameter, such as {@code ;a=b}.
     */
    private static void rejectTrailingSlash(String path) {
        boolean endsInSlash = path.endsWith("/")
                || path.indexOf(';') >= 0 && path.regionMatches(true, path.length() - 3, "%2f", 0, 3);
        if (endsInSlash && !ROOTS.contains(path)) {
            throw new NotFoundException();
        }
    }

    /** Heat knows its version by its minor number too. Quarkus decodes this path once more than that of a request. */
    private static void readMinorVersion(ContainerRequestContext context, HttpServerRequest request) {
        String path = request.path();
        if (path.equals(MINOR_VERSION) || path.startsWith(MINOR_VERSION + "/")) {
            String encoded = path.substring(MINOR_VERSION.length()).replace("%", "%25");
            String query = request.query() == null ? "" : "?" + request.query();
            context.setRequestUri(URI.create("/v1" + encoded + query));
        }
    }

    /** What the path takes, not what its resource class takes. */
    private static Response options() {
        Set<String> allowed = AllowedMethods.ofCurrentRequest();
        if (allowed.isEmpty()) {
            throw new NotFoundException();
        }
        return Response.noContent().allow(allowed).build();
    }
}
