package dev.ember.limits;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The permit of an in-flight request. It counts against the limit of all requests and against the limit of its tenant.
 */
public final class Permit {

    private static final String KEY = Permit.class.getName();

    private final AtomicInteger inFlight;
    private final ConcurrentMap<String, Integer> inFlightByTenant;
    private final String tenant;
    private final AtomicBoolean released = new AtomicBoolean();

    public Permit(AtomicInteger inFlight, ConcurrentMap<String, Integer> inFlightByTenant, String tenant) {
        this.inFlight = inFlight;
        this.inFlightByTenant = inFlightByTenant;
        this.tenant = tenant;
    }

    /** Makes this the permit of a request. */
    public void attach(RoutingContext context) {
        context.put(KEY, this);
    }

    /** Returns the permit of a request. Empty if the request needs none. */
    public static Optional<Permit> of(RoutingContext context) {
        return Optional.ofNullable(context.get(KEY));
    }

    /** Releases the permit. Further calls do nothing. */
    public void release() {
        if (released.compareAndSet(false, true)) {
            inFlight.decrementAndGet();
            inFlightByTenant.computeIfPresent(tenant, (key, count) -> count == 1 ? null : count - 1);
        }
    }
}
