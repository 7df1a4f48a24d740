package dev.ember.routing;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * Reads what is left of a body that an operation did not look at. While it stands in the connection, the next request
 * on that connection is never seen.
 */
final class UnreadBodies {

    private static final int BEFORE_OTHERS_MAY_ANSWER = 9_900;

    void register(@Observes Filters filters) {
        filters.register(UnreadBodies::filter, BEFORE_OTHERS_MAY_ANSWER);
    }

    private static void filter(RoutingContext context) {
        context.addEndHandler(end -> context.request().resume());
        context.next();
    }
}
