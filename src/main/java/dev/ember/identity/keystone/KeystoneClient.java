package dev.ember.identity.keystone;

import dev.ember.identity.IdentitySettings;
import dev.ember.identity.Principal;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Validates tokens at Keystone. Created only when the identity mode is {@code keystone}. */
@ApplicationScoped
public class KeystoneClient {

    /** The longest wait for a permit, in timeouts of a request. */
    private static final int WAIT_IN_TIMEOUTS = 6;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final KeystoneAddress address;
    private final KeystoneAddress publicAddress;
    private final ServiceToken serviceToken;
    private final CachedTokens tokens;

    /** A cache of its own, so that only {@link #validateAlsoExpired} accepts these tokens. */
    private final CachedTokens alsoExpired;

    private final KeystoneLog log;

    KeystoneClient(Vertx vertx, KeystoneSettings settings, IdentitySettings identitySettings, MeterRegistry meters) {
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
        TokenValidator validation = new TokenValidator(exchange, address.tokens(), serviceToken, limit);
        tokens = cache(validation::validate, identitySettings);
        alsoExpired = cache(validation::validateAlsoExpired, identitySettings);
        metrics.watch(tokens);
    }

    private CachedTokens cache(Function<String, Future<ValidToken>> validation, IdentitySettings settings) {
        return new CachedTokens(
                token -> validation.apply(token).onComplete(result -> log.report(result.cause())),
                settings.tokenCacheTtl(),
                Clock.systemUTC());
    }

    /** Begins to obtain the first service token, and tries again until Keystone issues it. */
    public void start() {
        authenticate(FIRST_PAUSE);
    }

    private void authenticate(Duration pause) {
        serviceToken.get().onComplete(result -> {
            log.report(result.cause());
            if (result.failed()) {
                Duration doubled = pause.multipliedBy(2);
                Duration next = doubled.compareTo(MAX_PAUSE) < 0 ? doubled : MAX_PAUSE;
                vertx.setTimer(pause.toMillis(), again -> authenticate(next));
            }
        });
    }

    /** Whether Keystone has issued a service token since the start. */
    boolean hasAuthenticated() {
        return serviceToken.wasObtained();
    }

    /** Without TLS no certificates are needed, so wrong settings for them do no harm. */
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
    public String root() {
        return publicAddress.root().toString();
    }

    /** Validates a token, at once when it is cached, as {@link CachedTokens#validate} does. */
    public Future<Principal> validate(String token) {
        return tokens.validate(token);
    }

    /**
     * Validates a token that may have expired since the request began its way through the cloud. Only for a request
     * with a valid token of a service. An expired token is not cached.
     */
    public Future<Principal> validateAlsoExpired(String token) {
        Principal cached = tokens.cached(token);
        return cached == null ? alsoExpired.validate(token) : Future.succeededFuture(cached);
    }
}
