package dev.ember.identity.jwt;

import dev.ember.identity.IdentityFailure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Caches what is fetched from the issuer. At most one fetch is in flight. What was fetched once is used until something
 * newer is fetched, also while the issuer is unavailable.
 *
 * @param <T> what is fetched
 */
final class IssuerKeys<T> {

    /** How often tokens with unknown keys can cause a fetch. */
    static final Duration MIN_INTERVAL = Duration.ofSeconds(30);

    static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Supplier<Future<T>> source;
    private final LongSupplier clock;
    private volatile T current;
    private Future<T> last = Future.succeededFuture();
    private long lastStart;

    /**
     * @param source starts a fetch
     * @param clock the current time in nanoseconds
     */
    IssuerKeys(Supplier<Future<T>> source, LongSupplier clock) {
        this.source = source;
        this.clock = clock;
        this.lastStart = clock.getAsLong() - MIN_INTERVAL.toNanos();
    }

    /** Whether anything was ever fetched. */
    boolean wereFetched() {
        return current != null;
    }

    /** Returns the keys, which are fetched first if there are none. Fails with an {@link IdentityFailure}. */
    Future<T> get() {
        T keys = current;
        return keys != null ? Future.succeededFuture(keys) : fetchUnlessWithin(PAUSE_AFTER_FAILURE);
    }

    /**
     * Returns newer keys than these, or the same if there are none. They are fetched at most once in
     * {@link #MIN_INTERVAL}.
     */
    Future<T> newerThan(T keys) {
        T newest = current;
        return newest != keys
                ? Future.succeededFuture(newest)
                : fetchUnlessWithin(MIN_INTERVAL).map(any -> current).otherwise(keys);
    }

    /** Fetches the keys, unless a fetch is in flight. */
    Future<T> refresh() {
        return fetchUnlessWithin(Duration.ZERO);
    }

    /** Returns the result of the last fetch if it is in flight or if it began within a time. */
    private synchronized Future<T> fetchUnlessWithin(Duration time) {
        long now = clock.getAsLong();
        if (last.isComplete() && now - lastStart >= time.toNanos()) {
            lastStart = now;
            last = source.get().map(keys -> current = keys);
        }
        return last;
    }
}
