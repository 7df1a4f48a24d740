package dev.ember.pipeline;

import io.quarkus.micrometer.runtime.binder.vertx.HttpRequestMetric;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets scripts in a browser call the API from the origins that are configured. It responds to a preflight request
 * itself, before authentication, because a browser sends no token with it. A request of any other origin is served
 * without the headers, so that the browser keeps the response from the script. Quarkus' own filter runs after
 * authentication.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">The CORS protocol</a>
 */
@ApplicationScoped
class CorsFilter {

    private static final String OPERATIONS = "/q/";

    /** How the metrics call a preflight request: its path comes from anyone and must not become a series of its own. */
    private static final String PREFLIGHT = "/cors-preflight";

    private static final String METHODS = "DELETE, GET, HEAD, POST, PUT";
    private static final String REQUEST_HEADERS =
            "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Prefer, X-Auth-Token";
    private static final String RESPONSE_HEADERS = "ETag, Idempotency-Replayed, Retry-After, X-Openstack-Request-Id";
    private static final String MAX_AGE_SECONDS = "600";

    private final Set<String> origins;

    CorsFilter(CorsSettings settings) {
        origins = settings.corsOrigins().orElse(List.of()).stream()
                .map(String::strip)
                .collect(Collectors.toUnmodifiableSet());
    }

    void register(@Observes Filters filters) {
        if (!origins.isEmpty()) {
            Station.CORS.register(filters, this::filter);
        }
    }

    private void filter(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.path().startsWith(OPERATIONS)) {
            context.next();
            return;
        }
        MultiMap headers = context.response().headers();
        headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || !origins.contains(origin)) {
            context.next();
            return;
        }
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if (isPreflight(request)) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
            headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
            HttpRequestMetric.getRequestMetric(context).setTemplatePath(PREFLIGHT);
            context.response().setStatusCode(204).end();
            return;
        }
        headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, RESPONSE_HEADERS);
        context.next();
    }

    private static boolean isPreflight(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }
}
