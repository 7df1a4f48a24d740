package dev.ember.routing;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** What Heat makes of a request before it looks for the operation, where JAX-RS would do otherwise. */
final class RequestLine {

    private static final int FIRST = 0;

    private static final Set<String> ROOTS = Set.of("/", "/v1/", "/v1.0/");

    /** Whatever a client accepts, the answer is JSON. */
    @ServerRequestFilter(preMatching = true)
    void acceptJson(HttpServerRequest request) {
        request.headers().set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON);
    }

    /** A path with a slash at its end is another path; only the roots have one. */
    @ServerRequestFilter(preMatching = true, priority = FIRST)
    void refuseTrailingSlash(HttpServerRequest request) {
        String path = request.path();
        boolean endsInSlash = path.endsWith("/") || path.regionMatches(true, path.length() - 3, "%2f", 0, 3);
        if (endsInSlash && !ROOTS.contains(path)) {
            throw new NotFoundException();
        }
    }

    /** Heat knows its version by its minor number too. */
    @ServerRequestFilter(preMatching = true)
    void readMinorVersion(ContainerRequestContext context, HttpServerRequest request) {
        if (request.path().equals("/v1.0") || request.path().startsWith("/v1.0/")) {
            context.setRequestUri(URI.create("/v1" + request.uri().substring("/v1.0".length())));
        }
    }

    /** OPTIONS says what the path takes, not what its resource class takes. */
    @ServerRequestFilter(preMatching = true)
    Response answerOptions(ContainerRequestContext request) {
        if (!request.getMethod().equals(HttpMethod.OPTIONS)) {
            return null;
        }
        Set<String> allowed = AllowedMethods.ofPresentRequest();
        if (allowed.isEmpty()) {
            throw new NotFoundException();
        }
        return Response.noContent().allow(allowed).build();
    }
}
