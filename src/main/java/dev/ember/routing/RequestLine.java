package dev.ember.routing;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** What Heat makes of a request before it looks for the operation, where JAX-RS would do otherwise. */
final class RequestLine {

    /** Whatever a client accepts, the answer is JSON. */
    @ServerRequestFilter(preMatching = true)
    void acceptJson(ContainerRequestContext request) {
        request.getHeaders().putSingle(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON);
    }

    /** A path with a slash at its end is another path; only the root and the root of a version have one. */
    @ServerRequestFilter(preMatching = true)
    void refuseTrailingSlash(ContainerRequestContext request) {
        String path = request.getUriInfo().getRequestUri().getRawPath();
        if (path.endsWith("/") && path.indexOf('/', 1) < path.length() - 1 && path.length() > 1) {
            throw new NotFoundException();
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
