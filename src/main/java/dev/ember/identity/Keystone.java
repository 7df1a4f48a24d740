package dev.ember.identity;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Keystone, as far as this service needs it. Made only when the identity comes from there. */
@ApplicationScoped
class Keystone {

    /** How often the timeout of a request fits into the longest wait for a permit. */
    private static final int WAIT_IN_TIMEOUTS = 6;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final KeystoneAddress address;
    private final KeystoneAddress publicAddress;
    private final ServiceToken serviceToken;
    private final Tokens tokens;

    /** Apart, so that an expired token is found only where {@link #findAlsoExpired} may be used. */
    private final Tokens alsoExpired;

    private final KeystoneLog log;

    /** Refuses the start when a setting is missing or wrong. */
    Keystone(Vertx vertx, KeystoneSettings settings, IdentitySettings identitySettings, MeterRegistry meters) {
        this.vertx = vertx;
        address = KeystoneAddress.of(settings);
        publicAddress = address.orPublic(settings);
        log = new KeystoneLog(address.root().toString(), System::nanoTime);
        var credentials = ServiceCredentials.of(settings).toBuffer();
        KeystoneConnections connections = KeystoneConnections.open(vertx, settings.timeout(), trusted(settings));
        KeystoneMetrics metrics = new KeystoneMetrics(meters);
        KeystoneExchange exchange = new KeystoneExchange(connections, settings.timeout(), metrics);
        serviceToken = new ServiceToken(exchange, address.tokens(), credentials, Clock.systemUTC());
        KeystoneLimit limit = new KeystoneLimit(vertx, settings.timeout().multipliedBy(WAIT_IN_TIMEOUTS));
        TokenValidation validation = new TokenValidation(exchange, address.tokens(), serviceToken, limit);
        tokens = new Tokens(validation::validate, identitySettings.tokenCacheTtl(), Clock.systemUTC());
        alsoExpired = new Tokens(validation::validateAlsoExpired, identitySettings.tokenCacheTtl(), Clock.systemUTC());
        metrics.watch(tokens);
    }

    /** Begins to obtain the first service token, and tries until Keystone issues it. */
    void start() {
        authenticate(FIRST_PAUSE);
    }

    private void authenticate(Duration pause) {
        serviceToken.get().onComplete(result -> {
            log.report(result.cause());
            if (result.failed()) {
                Duration doubled = pause.multipliedBy(2);
                Duration next = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
                vertx.setTimer(pause.toMillis(), again -> authenticate(next));
            }
        });
    }

    /** Whether Keystone has issued a service token since the start. */
    boolean hasAuthenticated() {
        return serviceToken.wasObtained();
    }

    /** Without TLS there is nothing to trust, and wrong settings do no harm. */
    private Optional<TrustOptions> trusted(KeystoneSettings settings) {
        return address.isEncrypted()
                ? TrustedCertificates.find(settings.caFile(), certFile(), TrustedCertificates.SYSTEM)
                : Optional.empty();
    }

    private static Optional<Path> certFile() {
        return Optional.ofNullable(System.getenv("SSL_CERT_FILE"))
                .filter(file -> !file.isEmpty())
                .map(Path::of);
    }

    /** Where callers get a token. */
    String root() {
        return publicAddress.root().toString();
    }

    /** Whom a token is for when that is remembered, else null. Takes microseconds. */
    Identity recall(String token) {
        return tokens.recall(token);
    }

    /** Whom a token is for, as {@link Tokens#find} says it. */
    Future<Identity> find(String token) {
        return tokens.find(token).onComplete(result -> log.report(result.cause()));
    }

    /**
     * Whom a token is for that may have expired since the request began its way through the cloud. Only for a request
     * with a valid token of a service. An expired token is not cached.
     */
    Future<Identity> findAlsoExpired(String token) {
        Identity identity = alsoExpired.recall(token);
        return identity == null
                ? alsoExpired.find(token).onComplete(result -> log.report(result.cause()))
                : Future.succeededFuture(identity);
    }
}
