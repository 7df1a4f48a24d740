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
 * The heap that all requests together may fill with bodies, rows and responses. What does not fit is rejected at once,
 * so that no mix of requests exhausts the heap.
 *
 * <p>A quarter of the budget is for small requests alone: large ones can never crowd them out.
 */
@ApplicationScoped
class MemoryBudget {

    /** The part of the heap that the budget has by default. The rest is for what is not counted, and for garbage. */
    private static final double SHARE_OF_HEAP = 5.0 / 16;

    /** Three quarters of it are room for one body of the largest size, with what is made of it. */
    private static final long MIN = 8L * BodySize.MAX_BYTES;

    /** What a small request holds at most, in bytes. */
    static final long SMALL = 512 * 1024;

    private final boolean isSet;
    private final long budget;
    private final long budgetOfLarge;
    private final Counter rejected;
    private long held;
    private long heldByLarge;

    MemoryBudget(LimitsSettings settings, MeterRegistry meters) {
        isSet = settings.memoryBudget().isPresent();
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

    /** Validates the setting at startup, before the database is used. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        long heap = Runtime.getRuntime().maxMemory();
        if (isSet && (budget < MIN || budget > heap)) {
            throw InvalidConfiguration.setting("EMBER_MEMORY_BUDGET", budget, "between 8M and the size of the heap");
        }
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
