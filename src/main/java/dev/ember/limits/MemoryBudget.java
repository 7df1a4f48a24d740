package dev.ember.limits;

import dev.ember.settings.InvalidConfiguration;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

/**
 * Limits the heap that all requests together use for bodies, rows and responses. A request that needs more than is left
 * is rejected at once. No mix of requests can therefore exhaust the heap.
 *
 * <p>A quarter of the budget is reserved for small requests. Large requests cannot block them.
 */
@ApplicationScoped
class MemoryBudget {

    /**
     * The default budget as a fraction of the heap. The rest is for allocations that are not counted, and for garbage.
     */
    private static final double SHARE_OF_HEAP = 5.0 / 16;

    /** Three quarters of it are room for one body of the largest size, with what is made of it. */
    private static final long MIN = 8L * BodySize.MAX_BYTES;

    /** The most memory that a small request holds, in bytes. */
    static final long SMALL = 512 * 1024;

    private final boolean isSet;
    private final long budget;
    private final long budgetForLarge;
    private final Counter rejected;
    private long held;
    private long heldByLarge;

    MemoryBudget(LimitsSettings settings, MeterRegistry meters) {
        isSet = settings.memoryBudget().isPresent();
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

    /** Validates the setting at startup, before the database is used. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        long heap = Runtime.getRuntime().maxMemory();
        if (isSet && (budget < MIN || budget > heap)) {
            throw InvalidConfiguration.setting("EMBER_MEMORY_BUDGET", budget, "between 8M and the size of the heap");
        }
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
        return bytes > SMALL ? bytes : 0;
    }

    private synchronized long held() {
        return held;
    }
}
