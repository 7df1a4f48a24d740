package dev.ember.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The heap that all requests together may fill with bodies, rows and responses. What does not fit is rejected at once,
 * so that no mix of requests exhausts the heap.
 *
 * <p>A quarter of the budget is for small requests alone: large ones can never crowd them out.
 *
 * <p>Created at startup, so that its metrics exist before the first request.
 */
@Startup
@ApplicationScoped
class MemoryBudget {

    /** The part of the heap that the budget has by default. The rest is for what is not counted, and for garbage. */
    private static final double SHARE_OF_HEAP = 5.0 / 16;

    /** What a small request holds at most, in bytes. */
    static final long SMALL = 512 * 1024;

    private final long budget;
    private final long budgetOfLarge;
    private final Counter rejected;
    private long held;
    private long heldByLarge;

    MemoryBudget(LimitsSettings settings, MeterRegistry meters) {
        budget = settings.memoryBudget().map(size -> size.asLongValue()).orElseGet(() ->
                (long) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP));
        budgetOfLarge = budget / 4 * 3;
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

    /** The most that one request can hold, in bytes. */
    long largest() {
        return budgetOfLarge;
    }

    /**
     * Changes what a request holds.
     *
     * @param from what it holds now, in bytes
     * @param to what it needs, in bytes; less is always possible
     * @return false, without any effect, when the budget does not have as much
     */
    synchronized boolean resize(long from, long to) {
        long more = to - from;
        long moreOfLarge = large(to) - large(from);
        if (more > 0 && (held + more > budget || moreOfLarge > 0 && heldByLarge + moreOfLarge > budgetOfLarge)) {
            rejected.increment();
            return false;
        }
        held += more;
        heldByLarge += moreOfLarge;
        return true;
    }

    private static long large(long bytes) {
        return bytes > SMALL ? bytes : 0;
    }

    private synchronized long held() {
        return held;
    }
}
