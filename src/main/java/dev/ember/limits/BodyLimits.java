package dev.ember.limits;

import dev.ember.fault.FaultAnswer;
import dev.ember.lifecycle.DurationSetting;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Set;

/**
 * Has bodies arrive as a whole before anything else is done, on the event loop: a client that is slow to send holds no
 * thread. Vert.x has a handler that does so, but it measures neither the time nor the sum of all bodies, and answers a
 * body that is too large while the client still sends, and before the path is known.
 */
@ApplicationScoped
public class BodyLimits {

    /** The largest body that is read, in bytes: Heat's {@code max_json_body_size}. */
    public static final int MAX_BYTES = 1_048_576;

    /**
     * How much of a body that is too large is thrown away before the answer, for clients that read only after they
     * wrote.
     */
    static final int MAX_BYTES_DISCARDED = 16 * MAX_BYTES;

    /**
     * What the service holds for each byte of a body while it works on it: the body, its JSON, its row, the response.
     */
    static final int COPIES = 6;

    private static final int AFTER_AUTHENTICATION = 7_000;
    private static final Set<HttpMethod> METHODS_WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT);

    private static final String TOO_LARGE = BodyLimits.class.getName();

    private final Duration timeout;
    private final MemoryBudget memory;
    private final FaultAnswer faults;

    BodyLimits(LimitsSettings settings, MemoryBudget memory, FaultAnswer faults) {
        this.timeout = settings.bodyTimeout();
        this.memory = memory;
        this.faults = faults;
    }

    /** Refuses a start with a setting that is none, before the database is touched. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        DurationSetting.between("EMBER_BODY_TIMEOUT", timeout, Duration.ofSeconds(1), Duration.ofHours(1));
    }

    void register(@Observes Filters filters) {
        filters.register(this::filter, AFTER_AUTHENTICATION);
    }

    static void markTooLarge(RoutingContext context) {
        context.put(TOO_LARGE, true);
    }

    /** Whether the body of a request has more than {@link #MAX_BYTES}. Nothing of such a body is kept. */
    public static boolean isTooLarge(RoutingContext context) {
        return context.get(TOO_LARGE) != null;
    }

    private void filter(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (context.response().ended()) {
            return;
        }
        if (hasBody(request) && !request.isEnded()) {
            new IncomingBody(context, RequestMemory.of(context, memory), faults).read(timeout);
        } else {
            context.next();
        }
    }

    /** An invalid chunk must be found before the operation runs, also where the operation ignores the body. */
    private static boolean hasBody(HttpServerRequest request) {
        return METHODS_WITH_BODY.contains(request.method())
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }
}
