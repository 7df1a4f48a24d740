package dev.ember.identity.token;

import dev.ember.identity.IdentityFailure;
import dev.ember.identity.InvalidToken;
import dev.ember.identity.Principal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** Caches the results of token validations. Concurrent requests with the same token share one validation. */
public final class CachedTokens {

    /** A full cache uses about 4 MB. */
    private static final int MAX_VALID = 16_384;

    private static final int MAX_REJECTED = 1_024;

    /** Short, because a valid token is rejected while the newest keys are not known yet. */
    private static final Duration REJECTED_TTL = Duration.ofSeconds(10);

    private final Function<String, Future<ValidToken>> validation;
    private final Duration timeToLive;
    private final Clock clock;
    private final TokenCache<Principal> valid = new TokenCache<>(MAX_VALID, System::nanoTime);
    private final TokenCache<InvalidToken> rejected = new TokenCache<>(MAX_REJECTED, System::nanoTime);
    private final ConcurrentMap<TokenDigest, Future<Principal>> validations = new ConcurrentHashMap<>();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /**
     * @param validation the validation of a token that is not cached
     * @param timeToLive how long a valid token is cached, unless it expires earlier
     */
    public CachedTokens(Function<String, Future<ValidToken>> validation, Duration timeToLive, Clock clock) {
        this.validation = validation;
        this.timeToLive = timeToLive;
        this.clock = clock;
    }

    /** The number of times that a token was found in the cache, as valid or rejected. */
    long hits() {
        return hits.sum();
    }

    /** The number of times that a token was not in the cache. */
    long misses() {
        return misses.sum();
    }

    /** The number of valid tokens in the cache. */
    int size() {
        return valid.size();
    }

    /** The principal of a valid cached token, or null. */
    public Principal findCached(String token) {
        TokenDigest digest = TokenDigest.of(token);
        return digest == null ? null : findCached(digest);
    }

    private Principal findCached(TokenDigest digest) {
        Principal principal = valid.get(digest);
        if (principal != null) {
            hits.increment();
        }
        return principal;
    }

    /**
     * Validates a token. The future completes after the token is cached.
     *
     * @return the principal of the token; fails with {@link InvalidToken} or {@link IdentityFailure}
     */
    public Future<Principal> validate(String token) {
        TokenDigest digest = TokenDigest.of(token);
        if (digest == null) {
            return Future.failedFuture(new InvalidToken("The token is malformed"));
        }
        Principal cached = findCached(digest);
        if (cached != null) {
            return Future.succeededFuture(cached);
        }
        InvalidToken rejection = rejected.get(digest);
        if (rejection != null) {
            hits.increment();
            return Future.failedFuture(rejection);
        }
        misses.increment();
        Promise<Principal> promise = Promise.promise();
        Future<Principal> inFlight = validations.putIfAbsent(digest, promise.future());
        if (inFlight != null) {
            return inFlight;
        }
        validation.apply(token).onComplete(result -> {
            if (result.succeeded()) {
                store(digest, result.result());
            } else if (result.cause() instanceof InvalidToken invalid) {
                rejected.put(digest, invalid, REJECTED_TTL.toNanos());
            }
            validations.remove(digest);
            promise.handle(result.map(ValidToken::principal));
        });
        return promise.future();
    }

    private void store(TokenDigest digest, ValidToken token) {
        Duration remaining = Duration.between(clock.instant(), token.expires());
        valid.put(digest, token.principal(), (remaining.compareTo(timeToLive) < 0 ? remaining : timeToLive).toNanos());
    }
}
