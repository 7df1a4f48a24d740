package dev.ember.pipeline.response;

import dev.ember.limits.LimitsSettings;
import dev.ember.pipeline.Station;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Delays a request until the client has received the responses to its earlier requests on the same connection. A client
 * that sends requests and reads no responses could otherwise fill the memory.
 */
final class SlowReaderFilter {

    private final Duration timeout;

    SlowReaderFilter(LimitsSettings settings) {
        this.timeout = settings.responseTimeout();
    }

    void register(@Observes Filters filters) {
        Station.SLOW_READER.register(filters, this::filter);
    }

    private void filter(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (!response.writeQueueFull()) {
            context.next();
            return;
        }
        long timer = context.vertx().setTimer(timeout.toMillis(), late -> OutgoingBody.disconnect(context));
        context.addEndHandler(end -> context.vertx().cancelTimer(timer));
        response.drainHandler(drained -> {
            response.drainHandler(null);
            context.vertx().cancelTimer(timer);
            context.next();
        });
    }
}
