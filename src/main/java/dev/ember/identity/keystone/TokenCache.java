package dev.ember.identity.keystone;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

/**
 * Remembers something of each of many tokens, for a time, in bounded memory and without locks. A token has a few places
 * that it can be in, as in the cache of a processor; when all are taken, the one that would be forgotten first makes
 * room.
 *
 * @param <T> what is remembered
 */
final class TokenCache<T> {

    private static final int SLOTS_PER_TOKEN = 8;

    private final AtomicReferenceArray<Entry<T>> slots;
    private final LongSupplier clock;

    /**
     * @param capacity how many tokens are remembered at most, a power of two
     * @param clock the present in nanoseconds; may begin anywhere, must never go back
     */
    TokenCache(int capacity, LongSupplier clock) {
        if (Integer.bitCount(capacity) != 1 || capacity < SLOTS_PER_TOKEN) {
            throw new IllegalArgumentException("The capacity must be a power of two, not " + capacity);
        }
        this.slots = new AtomicReferenceArray<>(capacity);
        this.clock = clock;
    }

    /** What is remembered of a token, or null. */
    T get(TokenDigest token) {
        int first = firstSlot(token);
        for (int slot = first; slot < first + SLOTS_PER_TOKEN; slot++) {
            Entry<T> entry = slots.get(slot);
            if (entry != null && entry.token.equals(token)) {
                return remaining(entry) > 0 ? entry.value : null;
            }
        }
        return null;
    }

    /** How many tokens are remembered at present. Takes time in proportion to the capacity. */
    int size() {
        int size = 0;
        for (int slot = 0; slot < slots.length(); slot++) {
            Entry<T> entry = slots.get(slot);
            if (entry != null && remaining(entry) > 0) {
                size++;
            }
        }
        return size;
    }

    /** Remembers something of a token for some nanoseconds. */
    void put(TokenDigest token, T value, long nanoseconds) {
        if (nanoseconds > 0) {
            slots.set(slotFor(token), new Entry<>(token, value, clock.getAsLong() + nanoseconds));
        }
    }

    private int slotFor(TokenDigest token) {
        int first = firstSlot(token);
        int best = first;
        long leastRemaining = Long.MAX_VALUE;
        for (int slot = first; slot < first + SLOTS_PER_TOKEN; slot++) {
            Entry<T> entry = slots.get(slot);
            if (entry == null || entry.token.equals(token)) {
                return slot;
            }
            if (remaining(entry) < leastRemaining) {
                leastRemaining = remaining(entry);
                best = slot;
            }
        }
        return best;
    }

    private long remaining(Entry<T> entry) {
        return entry.end - clock.getAsLong();
    }

    private int firstSlot(TokenDigest token) {
        return (int) token.first() & (slots.length() - 1) & -SLOTS_PER_TOKEN;
    }

    private record Entry<T>(TokenDigest token, T value, long end) {}
}
