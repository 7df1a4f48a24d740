package dev.ember.pipeline;

import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The permit of an in-flight request. It counts against the limit of all requests and against the limit of its tenant.
 */
final class Permit {

    /** The attribute of the routing context that stores the permit of a request. */
    static final String KEY = Permit.class.getName();

    private final AtomicInteger inFlight;
    private final ConcurrentMap<String, Integer> inFlightByTenant;
    private final String tenant;
    private final AtomicBoolean released = new AtomicBoolean();

    Permit(AtomicInteger inFlight, ConcurrentMap<String, Integer> inFlightByTenant, String tenant) {
        this.inFlight = inFlight;
        this.inFlightByTenant = inFlightByTenant;
        this.tenant = tenant;
    }

    /** Releases the permit. Further calls do nothing. */
    void release() {
        if (released.compareAndSet(false, true)) {
            inFlight.decrementAndGet();
            inFlightByTenant.computeIfPresent(tenant, (key, count) -> count == 1 ? null : count - 1);
        }
    }
}
