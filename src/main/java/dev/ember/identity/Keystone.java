package dev.ember.identity;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Keystone, as far as this service needs it. Made only when the identity comes from there. */
@ApplicationScoped
class Keystone {

    /** How often the timeout of a request fits into the longest wait for a permit. */
    private static final int WAIT_IN_TIMEOUTS = 6;

    private final KeystoneAddress address;
    private final Tokens tokens;
    private final KeystoneLog log;

    /** Refuses the start when a setting is missing or wrong. */
    Keystone(Vertx vertx, KeystoneSettings settings, IdentitySettings identitySettings, MeterRegistry meters) {
        address = KeystoneAddress.of(settings);
        log = new KeystoneLog(root(), System::nanoTime);
        var credentials = ServiceCredentials.of(settings).toBuffer();
        KeystoneConnections connections = KeystoneConnections.open(vertx, address, settings);
        KeystoneMetrics metrics = new KeystoneMetrics(meters);
        KeystoneExchange exchange = new KeystoneExchange(connections, settings.timeout(), metrics);
        ServiceToken serviceToken = new ServiceToken(exchange, address.tokens(), credentials, Clock.systemUTC());
        KeystoneLimit limit = new KeystoneLimit(vertx, settings.timeout().multipliedBy(WAIT_IN_TIMEOUTS));
        TokenValidation validation = new TokenValidation(exchange, address.tokens(), serviceToken, limit);
        tokens = new Tokens(validation::validate, identitySettings.tokenCacheTtl(), Clock.systemUTC());
        metrics.watch(tokens);
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
        return tokens.find(token).onComplete(result -> log.report(result.cause()));
    }
}
