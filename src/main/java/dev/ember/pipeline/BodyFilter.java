package dev.ember.pipeline;

import dev.ember.limits.LimitsSettings;
import dev.ember.limits.RequestMemories;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;

/**
 * Receives the whole body on the event loop before the request gets a permit. A slow client therefore does not occupy a
 * thread. The body handler of Vert.x is not used for two reasons. It limits neither the time nor the total memory of
 * all bodies. It also rejects a large body while the client is still sending, before the path is known.
 */
@ApplicationScoped
public class BodyFilter {

    private static final Set<HttpMethod> METHODS_WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT);

    private final Duration timeout;
    private final RequestMemories memories;
    private final FaultWriter faults;

    BodyFilter(LimitsSettings settings, RequestMemories memories, FaultWriter faults) {
        this.timeout = settings.bodyTimeout();
        this.memories = memories;
        this.faults = faults;
    }

    void register(@Observes Filters filters) {
        Station.BODY.register(filters, this::filter);
    }

    private void filter(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (context.response().ended()) {
            return;
        }
        if (hasBody(request) && !request.isEnded()) {
            new IncomingBody(context, memories.of(context), faults).read(timeout);
        } else {
            context.next();
        }
    }

    /**
     * Includes chunked bodies of all methods. An invalid chunk must be found before the operation runs, even if the
     * operation ignores the body.
     */
    private static boolean hasBody(HttpServerRequest request) {
        return METHODS_WITH_BODY.contains(request.method())
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }
}
