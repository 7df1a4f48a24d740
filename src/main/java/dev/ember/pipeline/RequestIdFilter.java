package dev.ember.pipeline;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.MDC;

/**
 * Assigns an id to each request. Its response and its log lines contain the id. An id from the client is ignored,
 * because the client could use it to forge log lines.
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

    /** Assigns an id to a request, unless it already has one. */
    public static void identify(RoutingContext context) {
        if (!context.response().headers().contains(HEADER)) {
            MDC.put(LOG_KEY, identify(context.response()));
        }
    }

    /** Assigns an id to the response to a request that is not logged. */
    public static String identify(HttpServerResponse response) {
        String id = "req-" + randomUuid();
        response.putHeader(HEADER, id);
        return id;
    }

    /**
     * A UUID of version 4. It is not secret, so it does not need a secure random generator. All event loops would share
     * the lock of such a generator.
     */
    private static UUID randomUuid() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() & ~(3L << 62) | 1L << 63);
    }
}
