package dev.ember.identity;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * What is known of tokens. Keystone is asked once about each, however many requests bring it, and not again for a
 * while.
 */
final class Tokens {

    /** Some 4 MB when all are taken. */
    private static final int REMEMBERED = 16_384;

    private static final int REFUSED_REMEMBERED = 1_024;

    /** Short, for a Keystone that has not yet learned the newest keys refuses good tokens. */
    private static final Duration REFUSED_TIME = Duration.ofSeconds(10);

    private final Function<String, Future<ValidToken>> validation;
    private final Duration timeToLive;
    private final Clock clock;
    private final TokenMemory<Identity> valid = new TokenMemory<>(REMEMBERED, System::nanoTime);
    private final TokenMemory<Boolean> refused = new TokenMemory<>(REFUSED_REMEMBERED, System::nanoTime);
    private final ConcurrentMap<TokenDigest, Future<Identity>> lookUps = new ConcurrentHashMap<>();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /**
     * @param validation asks Keystone
     * @param timeToLive how long a valid token is remembered, unless it expires before
     */
    Tokens(Function<String, Future<ValidToken>> validation, Duration timeToLive, Clock clock) {
        this.validation = validation;
        this.timeToLive = timeToLive;
        this.clock = clock;
    }

    /** How often a token was in the cache, valid or rejected. */
    long hits() {
        return hits.sum();
    }

    /** How often a token was not in the cache. */
    long misses() {
        return misses.sum();
    }

    /** How many valid tokens are in the cache. */
    int size() {
        return valid.size();
    }

    /** Whom a token is for when that is remembered, else null. */
    Identity recall(String token) {
        TokenDigest digest = TokenDigest.of(token);
        Identity identity = digest == null ? null : valid.recall(digest);
        if (identity != null) {
            hits.increment();
        }
        return identity;
    }

    /**
     * Whom a token is for.
     *
     * @return the identity; a {@link RefusedToken}; or a {@link KeystoneFailure}
     */
    Future<Identity> find(String token) {
        TokenDigest digest = TokenDigest.of(token);
        if (digest == null) {
            return Future.failedFuture(new RefusedToken());
        }
        if (refused.recall(digest) != null) {
            hits.increment();
            return Future.failedFuture(new RefusedToken());
        }
        misses.increment();
        Promise<Identity> promise = Promise.promise();
        Future<Identity> other = lookUps.putIfAbsent(digest, promise.future());
        if (other != null) {
            return other;
        }
        validation.apply(token).onComplete(result -> {
            if (result.succeeded()) {
                keep(digest, result.result());
            } else if (result.cause() instanceof RefusedToken) {
                refused.keep(digest, true, REFUSED_TIME.toNanos());
            }
            lookUps.remove(digest);
            promise.handle(result.map(ValidToken::identity));
        });
        return promise.future();
    }

    private void keep(TokenDigest digest, ValidToken token) {
        Duration remaining = Duration.between(clock.instant(), token.expires());
        valid.keep(digest, token.identity(), (remaining.compareTo(timeToLive) < 0 ? remaining : timeToLive).toNanos());
    }
}
