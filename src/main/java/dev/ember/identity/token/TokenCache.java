package dev.ember.identity.token;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

/**
 * Caches a value for each of many tokens, for a limited time, in bounded memory and without locks. Each token has a few
 * slots, as in a set-associative cache of a processor. If all slots are in use, a new entry replaces the one that would
 * expire first.
 *
 * @param <T> the type of the values
 */
final class TokenCache<T> {

    private static final int SLOTS_PER_TOKEN = 8;

    private final AtomicReferenceArray<Entry<T>> slots;
    private final LongSupplier clock;

    /**
     * @param capacity the largest number of cached tokens, a power of two
     * @param clock the current time in nanoseconds; it may begin at any value, but must never go back
     */
    TokenCache(int capacity, LongSupplier clock) {
        if (Integer.bitCount(capacity) != 1 || capacity < SLOTS_PER_TOKEN) {
            throw new IllegalArgumentException("The capacity must be a power of two, not " + capacity);
        }
        this.slots = new AtomicReferenceArray<>(capacity);
        this.clock = clock;
    }

    /** The cached value of a token, or null. */
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

    /** The number of cached tokens. The method takes time in proportion to the capacity. */
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

    /**
     * Caches a value for a token.
     *
     * @param timeToLive in nanoseconds; nothing is cached if it is not positive
     */
    void put(TokenDigest token, T value, long timeToLive) {
        if (timeToLive > 0) {
            slots.set(slotFor(token), new Entry<>(token, value, clock.getAsLong() + timeToLive));
        }
    }

    private int slotFor(TokenDigest token) {
        int first = firstSlot(token);
        int firstToExpire = first;
        long leastRemaining = Long.MAX_VALUE;
        for (int slot = first; slot < first + SLOTS_PER_TOKEN; slot++) {
            Entry<T> entry = slots.get(slot);
            if (entry == null || entry.token.equals(token)) {
                return slot;
            }
            if (remaining(entry) < leastRemaining) {
                leastRemaining = remaining(entry);
                firstToExpire = slot;
            }
        }
        return firstToExpire;
    }

    private long remaining(Entry<T> entry) {
        return entry.expiry - clock.getAsLong();
    }

    private int firstSlot(TokenDigest token) {
        return (int) token.first() & (slots.length() - 1) & -SLOTS_PER_TOKEN;
    }

    private record Entry<T>(TokenDigest token, T value, long expiry) {}
}
