package dev.ember.identity.keystone;

import dev.ember.identity.IdentityFailure;
import dev.ember.identity.provider.ProviderExchange;
import dev.ember.identity.provider.ProviderResponse;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The token with which this service authenticates at Keystone. It is obtained when it is first needed, renewed before
 * it expires, and replaced if Keystone rejects it. At most one request for a token is in flight. After a failed request
 * there is a pause.
 */
final class ServiceToken {

    private static final int CREATED = 201;
    private static final int UNAUTHORIZED = 401;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final ProviderExchange keystone;
    private final String address;
    private final Buffer credentials;
    private final Clock clock;

    private volatile boolean obtained;
    private Token token = new Token(null, Instant.MIN, Instant.MIN);
    private Future<String> renewal = Future.succeededFuture();
    private Instant pauseEnd = Instant.MIN;

    /** @param credentials the body of a request for a token */
    ServiceToken(ProviderExchange keystone, String address, Buffer credentials, Clock clock) {
        this.keystone = keystone;
        this.address = address;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** The token. Fails with a {@link IdentityFailure} if none can be obtained. */
    synchronized Future<String> get() {
        Instant now = clock.instant();
        if (now.isBefore(token.renewal)) {
            return Future.succeededFuture(token.text);
        }
        if (renewal.isComplete() && !now.isBefore(pauseEnd)) {
            renewal = renew();
        }
        // The old token is used until it expires or is renewed.
        return now.isBefore(token.expiry) ? Future.succeededFuture(token.text) : renewal;
    }

    /** Whether a token was ever obtained, even if it is no longer valid. */
    boolean wasObtained() {
        return obtained;
    }

    /** Discards a token that Keystone rejected. */
    synchronized void discard(String text) {
        if (text.equals(token.text)) {
            token = new Token(null, Instant.MIN, Instant.MIN);
        }
    }

    private Future<String> renew() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Content-Type", "application/json");
        return keystone.send(HttpMethod.POST, address + "?nocatalog", headers, credentials)
                .compose(this::store)
                .onFailure(e -> pause());
    }

    private Future<String> store(ProviderResponse response) {
        if (response.isRejection(UNAUTHORIZED)) {
            return Future.failedFuture(IdentityFailure.credentials("it rejects the credentials of this service"));
        }
        String text = response.headers().get("X-Subject-Token");
        if (response.status() != CREATED || text == null) {
            return Future.failedFuture(
                    new IdentityFailure("it responds with " + response.status() + " to a request for a token"));
        }
        try {
            store(text, TokenDocument.readExpiry(response.body()));
        } catch (IdentityFailure e) {
            return Future.failedFuture(e);
        }
        return Future.succeededFuture(text);
    }

    /**
     * Stores a token. It is renewed when a tenth of its lifetime is left, so that a short outage of Keystone has no
     * effect.
     */
    private synchronized void store(String text, Instant expiry) {
        Instant now = clock.instant();
        obtained = true;
        token = new Token(text, expiry.minus(Duration.between(now, expiry).dividedBy(10)), expiry);
    }

    private synchronized void pause() {
        pauseEnd = clock.instant().plus(PAUSE_AFTER_FAILURE);
    }

    private record Token(String text, Instant renewal, Instant expiry) {}
}
