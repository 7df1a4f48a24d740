package dev.ember.limits;

import dev.ember.lifecycle.StartRefused;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that the bodies of all requests take together, from the first byte to the end of the answer. */
@Singleton
final class BodyMemory {

    /** One part in so many. While it is worked on, a body takes several times its size. */
    private static final int SHARE_OF_HEAP = 16;

    private final boolean limited;
    private final long most;
    private final AtomicLong held = new AtomicLong();

    BodyMemory(LimitsSettings settings, MeterRegistry meters) {
        limited = settings.maxBodies().isPresent();
        most = settings.maxBodies()
                .map(size -> size.asLongValue())
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
        Gauge.builder("ember.request.bodies.held", held, AtomicLong::get)
                .baseUnit("bytes")
                .description("What the bodies of requests take")
                .register(meters);
    }

    /**
     * Ends a start with a limit that no body of the largest size fits into, or that the heap does not.
     *
     * @throws StartRefused when it is so
     */
    void check() {
        if (limited
                && (most < BodyLimits.MAX_BYTES || most > Runtime.getRuntime().maxMemory())) {
            throw StartRefused.setting("EMBER_MAX_BODIES", most, "between 1M and the size of the heap");
        }
    }

    /** Takes some bytes, or none when there are not as many. */
    boolean take(int bytes) {
        if (held.addAndGet(bytes) <= most) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void giveBack(int bytes) {
        held.addAndGet(-bytes);
    }
}
