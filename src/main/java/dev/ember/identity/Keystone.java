package dev.ember.identity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Keystone, as far as this service needs it. Made only when the identity comes from there. */
@ApplicationScoped
class Keystone {

    /** How often the timeout of a request fits into the longest wait for a permit. */
    private static final int WAIT_IN_TIMEOUTS = 6;

    private static final Logger LOG = Logger.getLogger(Keystone.class);

    private final KeystoneAddress address;
    private final Tokens tokens;
    private final AtomicBoolean failing = new AtomicBoolean();

    /** Refuses the start when a setting is missing or wrong. */
    Keystone(Vertx vertx, KeystoneSettings settings, IdentitySettings identitySettings) {
        address = KeystoneAddress.of(settings);
        var credentials = ServiceCredentials.of(settings).toBuffer();
        KeystoneConnections connections = KeystoneConnections.open(vertx, address, settings);
        KeystoneExchange exchange = new KeystoneExchange(connections, settings.timeout());
        ServiceToken serviceToken = new ServiceToken(exchange, address.tokens(), credentials, Clock.systemUTC());
        KeystoneLimit limit = new KeystoneLimit(vertx, settings.timeout().multipliedBy(WAIT_IN_TIMEOUTS));
        TokenValidation validation = new TokenValidation(exchange, address.tokens(), serviceToken, limit);
        tokens = new Tokens(validation::validate, identitySettings.tokenCacheTtl(), Clock.systemUTC());
    }

    /** Where callers get a token. */
    String root() {
        return address.root().toString();
    }

    /** Whom a token is for when that is remembered, else null. Takes microseconds. */
    Identity recall(String token) {
        return tokens.recall(token);
    }

    /** Whom a token is for, as {@link Tokens#find} says it. */
    Future<Identity> find(String token) {
        return tokens.find(token).onComplete(result -> report(result.cause()));
    }

    /** One line when it begins to fail, and one when it is well again, however many requests come meanwhile. */
    private void report(Throwable failure) {
        if (failure instanceof KeystoneFailure) {
            if (failing.compareAndSet(false, true)) {
                LOG.warnf("Keystone cannot be asked about tokens: %s", failure.getMessage());
            }
        } else if (failing.compareAndSet(true, false)) {
            LOG.info("Keystone can be asked about tokens again");
        }
    }
}
