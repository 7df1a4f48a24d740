package dev.ember.pipeline;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * Reads what is left of a body that an operation did not look at. While it stands in the connection, the next request
 * on that connection is never seen.
 */
final class UnreadBodyFilter {

    void register(@Observes Filters filters) {
        Station.UNREAD_BODY.register(filters, UnreadBodyFilter::filter);
    }

    private static void filter(RoutingContext context) {
        context.addEndHandler(end -> context.request().resume());
        context.next();
    }
}
