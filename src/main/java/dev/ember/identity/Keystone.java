package dev.ember.identity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Keystone, as far as this service needs it. Made only when the identity comes from there. */
@ApplicationScoped
class Keystone {

    private static final Logger LOG = Logger.getLogger(Keystone.class);

    private final KeystoneAddress address;
    private final KeystoneAddress publicAddress;
    private final Tokens tokens;

    /** Apart, so that an expired token is found only where {@link #findAlsoExpired} may be used. */
    private final Tokens alsoExpired;

    private final AtomicBoolean failing = new AtomicBoolean();

    /** Refuses the start when a setting is missing or wrong. */
    Keystone(Vertx vertx, KeystoneSettings settings, IdentitySettings identitySettings) {
        address = KeystoneAddress.of(settings);
        publicAddress = address.orPublic(settings);
        var credentials = ServiceCredentials.of(settings).toBuffer();
        KeystoneConnections connections = KeystoneConnections.open(vertx, settings.timeout(), trusted(settings));
        KeystoneExchange exchange = new KeystoneExchange(connections, settings.timeout());
        ServiceToken serviceToken = new ServiceToken(exchange, address.tokens(), credentials, Clock.systemUTC());
        TokenValidation validation = new TokenValidation(exchange, address.tokens(), serviceToken);
        tokens = new Tokens(validation::validate, identitySettings.tokenCacheTtl(), Clock.systemUTC());
        alsoExpired = new Tokens(validation::validateAlsoExpired, identitySettings.tokenCacheTtl(), Clock.systemUTC());
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
        return tokens.find(token).onComplete(result -> report(result.cause()));
    }

    /**
     * Whom a token is for that may have expired since the request began its way through the cloud. Only for a request
     * with a valid token of a service. An expired token is not remembered.
     */
    Future<Identity> findAlsoExpired(String token) {
        Identity identity = alsoExpired.recall(token);
        return identity == null
                ? alsoExpired.find(token).onComplete(result -> report(result.cause()))
                : Future.succeededFuture(identity);
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
