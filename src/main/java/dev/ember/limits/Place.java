package dev.ember.limits;

import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The place of a request among those that are worked on, all together and of its tenant. */
final class Place {

    private final AtomicInteger taken;
    private final ConcurrentMap<String, Integer> takenByTenant;
    private final String tenant;
    private final AtomicBoolean free = new AtomicBoolean();

    Place(AtomicInteger taken, ConcurrentMap<String, Integer> takenByTenant, String tenant) {
        this.taken = taken;
        this.takenByTenant = takenByTenant;
        this.tenant = tenant;
    }

    /** May be called again, which does nothing. */
    void free() {
        if (free.compareAndSet(false, true)) {
            taken.decrementAndGet();
            takenByTenant.computeIfPresent(tenant, (key, number) -> number == 1 ? null : number - 1);
        }
    }
}
