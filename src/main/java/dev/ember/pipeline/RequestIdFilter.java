package dev.ember.pipeline;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.MDC;

/**
 * Gives each request an id of its own, which its response and its log lines bear. An id that the client sends is not
 * taken over: it could forge log lines.
 */
public final class RequestIdFilter {

    private static final String HEADER = "X-Openstack-Request-Id";
    private static final String LOG_KEY = "request_id";

    void register(@Observes Filters filters) {
        Station.REQUEST_ID.register(filters, RequestIdFilter::filter);
    }

    private static void filter(RoutingContext context) {
        identify(context);
        context.next();
    }

    /** Gives a request its id, unless it has one. */
    public static void identify(RoutingContext context) {
        if (!context.response().headers().contains(HEADER)) {
            MDC.put(LOG_KEY, identify(context.response()));
        }
    }

    /** Gives the response to a request that is not logged its id. */
    public static String identify(HttpServerResponse response) {
        String id = "req-" + randomUuid();
        response.putHeader(HEADER, id);
        return id;
    }

    /** Of version 4. It is no secret, so it need not come from where keys do, which all event loops share a lock of. */
    private static UUID randomUuid() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() & ~(3L << 62) | 1L << 63);
    }
}
