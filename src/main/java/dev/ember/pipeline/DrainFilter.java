package dev.ember.pipeline;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Closes client connections during a graceful shutdown. After SIGTERM, the service reports that it is not ready, but
 * keeps serving for a while. Each response in this time also closes its connection. Otherwise a client could send its
 * next request on a connection that the shutdown closes.
 */
@ApplicationScoped
class DrainFilter {

    private volatile boolean draining;

    void start(@Observes ShutdownDelayInitiatedEvent event) {
        draining = true;
    }

    void register(@Observes Filters filters) {
        Station.DRAIN.register(filters, this::filter);
    }

    private void filter(RoutingContext context) {
        if (draining) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            context.addEndHandler(end -> context.request().connection().close());
        }
        context.next();
    }
}
