package dev.ember.housekeeping;

/** Bounds a batch that goes over many tenants: it looks at some more only while it is small and short. */
public final class BatchBound {

    private static final int STEPS = 50;
    private static final long NANOSECONDS = 20_000_000;

    private final long end = System.nanoTime() + NANOSECONDS;
    private int steps;

    /** Whether the batch may go on to one more tenant. The first one is always admitted. */
    public boolean allowsAnother() {
        return steps++ == 0 || steps <= STEPS && System.nanoTime() < end;
    }
}
