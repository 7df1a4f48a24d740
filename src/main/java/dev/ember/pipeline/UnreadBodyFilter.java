package dev.ember.pipeline;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * Discards the rest of a body that an operation did not read. Without this filter, the service would never receive the
 * next request on the connection.
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
