package dev.ember.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Detects and counts failures that an exhausted heap causes. The memory budget is intended to prevent them.
 *
 * <p>The bean is created at startup, so that its metrics exist before the first request.
 */
@Startup
@ApplicationScoped
class OutOfMemory {

    private final Counter errors;

    OutOfMemory(MeterRegistry meters) {
        errors = Counter.builder("ember.out.of.memory.errors")
                .description("Requests that failed because the heap was exhausted")
                .register(meters);
    }

    /** Whether an exhausted heap caused a failure. If so, the failure is counted. */
    boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                errors.increment();
                return true;
            }
        }
        return false;
    }
}
