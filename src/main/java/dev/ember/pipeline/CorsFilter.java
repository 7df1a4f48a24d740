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
 * Lets scripts in a browser call the API from the configured origins. It responds to preflight requests before
 * authentication, because a browser sends no token with them. A request from another origin is served without the CORS
 * headers, so the browser withholds the response from the script. The filter of Quarkus is not used because it runs
 * after authentication.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">The CORS protocol</a>
 */
@ApplicationScoped
class CorsFilter {

    private static final String OPERATIONS = "/q/";

    /**
     * The path of all preflight requests in the metrics. Anyone can choose the real path, so it must not create a time
     * series.
     */
    private static final String PREFLIGHT = "/cors-preflight";

    private static final String METHODS = "DELETE, GET, HEAD, POST, PUT";
    private static final String REQUEST_HEADERS =
            "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Prefer, X-Auth-Token";
    private static final String RESPONSE_HEADERS =
            "ETag, Idempotency-Replayed, Preference-Applied, Retry-After, X-Openstack-Request-Id";
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
