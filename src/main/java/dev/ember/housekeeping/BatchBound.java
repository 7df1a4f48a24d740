package dev.ember.housekeeping;

/** Limits a batch that covers many tenants: at most 50 tenants, and no further one after 20 ms. */
public final class BatchBound {

    private static final int MAX_TENANTS = 50;
    private static final long MAX_NANOSECONDS = 20_000_000;

    private final long end = System.nanoTime() + MAX_NANOSECONDS;
    private int tenants;

    /** Whether the batch may process one more tenant. The first tenant is always allowed. */
    public boolean allowsAnother() {
        return tenants++ == 0 || tenants <= MAX_TENANTS && System.nanoTime() < end;
    }
}
