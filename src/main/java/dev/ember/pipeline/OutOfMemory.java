package dev.ember.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells failures for lack of heap from others, and counts them. The memory budget is there to prevent them. */
@ApplicationScoped
class OutOfMemory {

    private final Counter errors;

    OutOfMemory(MeterRegistry meters) {
        errors = Counter.builder("ember.out.of.memory.errors")
                .description("Requests that failed because the heap was exhausted")
                .register(meters);
    }

    /** Whether a failure comes from an exhausted heap; if so, it counts. */
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
