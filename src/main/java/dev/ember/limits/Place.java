package dev.ember.limits;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The place of a request among those that are worked on. */
public final class Place {

    private final AtomicInteger taken;
    private final AtomicBoolean free = new AtomicBoolean();

    Place(AtomicInteger taken) {
        this.taken = taken;
    }

    /** May be called again, which does nothing. */
    public void free() {
        if (free.compareAndSet(false, true)) {
            taken.decrementAndGet();
        }
    }
}
