package dev.ember.pipeline;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Excludes requests with unknown methods from the metrics. Each method is a separate time series that stays in memory.
 * A client could otherwise fill the heap with invented methods.
 */
@Singleton
final class MethodMetrics implements MeterFilter {

    private static final String REQUESTS = "http.server.requests";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    /**
     * Denies meters instead of renaming them, because Micrometer stores the original of each name that a filter
     * changes.
     */
    @Override
    public MeterFilterReply accept(Meter.Id id) {
        if (!id.getName().equals(REQUESTS)) {
            return MeterFilterReply.NEUTRAL;
        }
        String method = id.getTag("method");
        return method == null || METHODS.contains(method) ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
    }
}
