package dev.ember.identity.keystone;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The token with which this service asks Keystone. It is obtained when it is first needed, renewed while it is still
 * valid, and replaced when Keystone refuses it; by one request at a time, and not at once again after a failure.
 */
final class ServiceToken {

    private static final int CREATED = 201;
    private static final int UNAUTHORIZED = 401;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final KeystoneExchange keystone;
    private final String address;
    private final Buffer credentials;
    private final Clock clock;

    private volatile boolean obtained;
    private Token token = new Token(null, Instant.MIN, Instant.MIN);
    private Future<String> renewal = Future.succeededFuture();
    private Instant pauseEnd = Instant.MIN;

    /** @param credentials the body of a request for a token */
    ServiceToken(KeystoneExchange keystone, String address, Buffer credentials, Clock clock) {
        this.keystone = keystone;
        this.address = address;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** The token, or a {@link KeystoneFailure} when none is to be had. */
    synchronized Future<String> get() {
        Instant now = clock.instant();
        if (now.isBefore(token.renewal)) {
            return Future.succeededFuture(token.text);
        }
        if (renewal.isComplete() && !now.isBefore(pauseEnd)) {
            renewal = renew();
        }
        // While it is renewed ahead of time, the old one still serves.
        return now.isBefore(token.end) ? Future.succeededFuture(token.text) : renewal;
    }

    /** Whether there has been a token, even if it is no longer valid. */
    boolean wasObtained() {
        return obtained;
    }

    /** Gives up a token that Keystone refuses. */
    synchronized void rejected(String text) {
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

    private Future<String> store(KeystoneResponse response) {
        if (response.isRejection(UNAUTHORIZED)) {
            return Future.failedFuture(KeystoneFailure.credentials());
        }
        String text = response.headers().get("X-Subject-Token");
        if (response.status() != CREATED || text == null) {
            return Future.failedFuture(
                    new KeystoneFailure("it answers " + response.status() + " to a request for a token"));
        }
        try {
            store(text, TokenDocument.expires(response.body()));
        } catch (KeystoneFailure e) {
            return Future.failedFuture(e);
        }
        return Future.succeededFuture(text);
    }

    /** It is renewed when a tenth of its life is left, which is time enough for a Keystone that is away for a while. */
    private synchronized void store(String text, Instant end) {
        Instant now = clock.instant();
        obtained = true;
        token = new Token(text, end.minus(Duration.between(now, end).dividedBy(10)), end);
    }

    private synchronized void pause() {
        pauseEnd = clock.instant().plus(PAUSE_AFTER_FAILURE);
    }

    private record Token(String text, Instant renewal, Instant end) {}
}
