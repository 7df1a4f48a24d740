package dev.ember.pipeline;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Sends clients away before the service ends. From SIGTERM on it is not ready, but serves on for a while; each answer
 * now also ends its connection, so that no client meets a closed one with its next request.
 */
@ApplicationScoped
class DrainFilter {

    private volatile boolean started;

    void start(@Observes ShutdownDelayInitiatedEvent event) {
        started = true;
    }

    void register(@Observes Filters filters) {
        Station.DRAIN.register(filters, this::filter);
    }

    private void filter(RoutingContext context) {
        if (started) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            context.addEndHandler(end -> context.request().connection().close());
        }
        context.next();
    }
}
