package dev.ember.pipeline;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Does not count requests with a method of the client's own invention. Each method is a time series of its own, which
 * stays in memory, so that a client could fill the heap with them.
 */
@Singleton
final class MethodMetrics implements MeterFilter {

    private static final String REQUESTS = "http.server.requests";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    /** Rejects rather than renames: Micrometer would keep the original of each name that a filter changes. */
    @Override
    public MeterFilterReply accept(Meter.Id id) {
        if (!id.getName().equals(REQUESTS)) {
            return MeterFilterReply.NEUTRAL;
        }
        String method = id.getTag("method");
        return method == null || METHODS.contains(method) ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
    }
}
