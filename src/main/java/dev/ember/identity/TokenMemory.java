package dev.ember.identity;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

/**
 * Remembers something of each of many tokens, for a time, in bounded memory and without locks. A token has a few places
 * that it can be in, as in the cache of a processor; when all are taken, the one that would be forgotten first makes
 * room.
 *
 * @param <T> what is remembered
 */
final class TokenMemory<T> {

    private static final int PLACES_OF_A_TOKEN = 8;

    private final AtomicReferenceArray<Entry<T>> places;
    private final LongSupplier clock;

    /**
     * @param capacity how many tokens are remembered at most, a power of two
     * @param clock the present in nanoseconds; may begin anywhere, must never go back
     */
    TokenMemory(int capacity, LongSupplier clock) {
        if (Integer.bitCount(capacity) != 1 || capacity < PLACES_OF_A_TOKEN) {
            throw new IllegalArgumentException("The capacity must be a power of two, not " + capacity);
        }
        this.places = new AtomicReferenceArray<>(capacity);
        this.clock = clock;
    }

    /** What is remembered of a token, or null. */
    T recall(TokenDigest token) {
        int first = firstPlace(token);
        for (int place = first; place < first + PLACES_OF_A_TOKEN; place++) {
            Entry<T> entry = places.get(place);
            if (entry != null && entry.token.equals(token)) {
                return remaining(entry) > 0 ? entry.value : null;
            }
        }
        return null;
    }

    /** How many tokens are remembered at present. Takes time in proportion to the capacity. */
    int size() {
        int size = 0;
        for (int place = 0; place < places.length(); place++) {
            Entry<T> entry = places.get(place);
            if (entry != null && remaining(entry) > 0) {
                size++;
            }
        }
        return size;
    }

    /** Remembers something of a token for some nanoseconds. */
    void keep(TokenDigest token, T value, long nanoseconds) {
        if (nanoseconds > 0) {
            places.set(placeFor(token), new Entry<>(token, value, clock.getAsLong() + nanoseconds));
        }
    }

    private int placeFor(TokenDigest token) {
        int first = firstPlace(token);
        int best = first;
        long leastRemaining = Long.MAX_VALUE;
        for (int place = first; place < first + PLACES_OF_A_TOKEN; place++) {
            Entry<T> entry = places.get(place);
            if (entry == null || entry.token.equals(token)) {
                return place;
            }
            if (remaining(entry) < leastRemaining) {
                leastRemaining = remaining(entry);
                best = place;
            }
        }
        return best;
    }

    private long remaining(Entry<T> entry) {
        return entry.end - clock.getAsLong();
    }

    private int firstPlace(TokenDigest token) {
        return (int) token.first() & (places.length() - 1) & -PLACES_OF_A_TOKEN;
    }

    private record Entry<T>(TokenDigest token, T value, long end) {}
}
