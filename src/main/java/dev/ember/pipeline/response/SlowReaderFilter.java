package dev.ember.pipeline.response;

import dev.ember.limits.LimitsSettings;
import dev.ember.pipeline.Station;
import dev.ember.settings.DurationSetting;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
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

    /** Validates the setting at startup, before the database is used. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        DurationSetting.between("EMBER_RESPONSE_TIMEOUT", timeout, Duration.ofSeconds(1), Duration.ofHours(1));
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
