package dev.ember.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Limits the heap that all requests together use for bodies, rows and responses. A request that needs more than is left
 * is rejected at once. No mix of requests can therefore exhaust the heap.
 *
 * <p>A quarter of the budget is reserved for small requests. Large requests cannot block them.
 *
 * <p>The bean is created at startup, so that its metrics exist before the first request.
 */
@Startup
@ApplicationScoped
class MemoryBudget {

    /**
     * The default budget as a fraction of the heap. The rest is for allocations that are not counted, and for garbage.
     */
    private static final double SHARE_OF_HEAP = 5.0 / 16;

    /** The most memory that a small request holds, in bytes. */
    static final long MAX_SMALL_REQUEST = 512 * 1024;

    private final long budget;
    private final long budgetForLarge;
    private final Counter rejected;
    private long held;
    private long heldByLarge;

    MemoryBudget(LimitsSettings settings, MeterRegistry meters) {
        budget = settings.memoryBudget().map(size -> size.asLongValue()).orElseGet(() ->
                (long) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP));
        budgetForLarge = budget / 4 * 3;
        Gauge.builder("ember.memory.held", this, MemoryBudget::held)
                .baseUnit("bytes")
                .description("The heap that requests hold for bodies, rows and responses")
                .register(meters);
        Gauge.builder("ember.memory.budget", () -> budget)
                .baseUnit("bytes")
                .description("The heap that requests may hold for bodies, rows and responses")
                .register(meters);
        rejected = Counter.builder("ember.memory.rejected")
                .description("Requests that were rejected or cut off because the memory budget was used up")
                .register(meters);
    }

    /** The most memory that one request can hold, in bytes. */
    long largest() {
        return budgetForLarge;
    }

    /**
     * Changes the amount of memory that a request holds.
     *
     * @param from the amount that it holds now, in bytes
     * @param to the amount that it needs, in bytes; a smaller amount is always granted
     * @return false, without any effect, if the budget has too little left
     */
    synchronized boolean resize(long from, long to) {
        long increase = to - from;
        long increaseOfLarge = countAsLarge(to) - countAsLarge(from);
        if (increase > 0
                && (held + increase > budget
                        || increaseOfLarge > 0 && heldByLarge + increaseOfLarge > budgetForLarge)) {
            rejected.increment();
            return false;
        }
        held += increase;
        heldByLarge += increaseOfLarge;
        return true;
    }

    private static long countAsLarge(long bytes) {
        return bytes > MAX_SMALL_REQUEST ? bytes : 0;
    }

    private synchronized long held() {
        return held;
    }
}
