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

    /** The longest wait for a permit, as a multiple of the timeout of a request. */
    private static final int MAX_WAIT_IN_TIMEOUTS = 6;

    private static final Duration INITIAL_RETRY_DELAY = Duration.ofSeconds(1);
    private static final Duration MAX_RETRY_DELAY = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final KeystoneAddress address;
    private final KeystoneAddress publicAddress;
    private final ServiceToken serviceToken;
    private final CachedTokens tokens;

    /** A separate cache. Only {@link #validateAllowExpired} accepts its tokens. */
    private final CachedTokens tokensAllowExpired;

    private final KeystoneLog log;

    KeystoneClient(Vertx vertx, KeystoneSettings settings, IdentitySettings identitySettings, MeterRegistry meters) {
        this.vertx = vertx;
        address = KeystoneAddress.of(settings);
        publicAddress = address.orPublic(settings);
        log = new KeystoneLog(address.root().toString(), System::nanoTime);
        var credentials = ServiceCredentials.of(settings).toBuffer();
        KeystoneConnections connections =
                KeystoneConnections.open(vertx, settings.timeout(), findTrustOptions(settings));
        KeystoneMetrics metrics = new KeystoneMetrics(meters);
        KeystoneExchange exchange = new KeystoneExchange(connections, settings.timeout(), metrics);
        serviceToken = new ServiceToken(exchange, address.tokens(), credentials, Clock.systemUTC());
        KeystoneLimit limit = new KeystoneLimit(vertx, settings.timeout().multipliedBy(MAX_WAIT_IN_TIMEOUTS));
        TokenValidator validation = new TokenValidator(exchange, address.tokens(), serviceToken, limit);
        tokens = cache(validation::validate, identitySettings);
        tokensAllowExpired = cache(validation::validateAllowExpired, identitySettings);
        metrics.watch(tokens);
    }

    private CachedTokens cache(Function<String, Future<ValidToken>> validation, IdentitySettings settings) {
        return new CachedTokens(
                token -> validation.apply(token).onComplete(result -> log.report(result.cause())),
                settings.tokenCacheTtl(),
                Clock.systemUTC());
    }

    /** Starts to obtain the first service token, and retries until Keystone issues it. */
    public void start() {
        authenticate(INITIAL_RETRY_DELAY);
    }

    private void authenticate(Duration delay) {
        serviceToken.get().onComplete(result -> {
            log.report(result.cause());
            if (result.failed()) {
                Duration doubled = delay.multipliedBy(2);
                Duration next = doubled.compareTo(MAX_RETRY_DELAY) < 0 ? doubled : MAX_RETRY_DELAY;
                vertx.setTimer(delay.toMillis(), again -> authenticate(next));
            }
        });
    }

    /** Whether Keystone has issued a service token since the service started. */
    boolean hasAuthenticated() {
        return serviceToken.wasObtained();
    }

    /** The trusted certificates. They are not read without TLS, so that invalid settings for them have no effect. */
    private Optional<TrustOptions> findTrustOptions(KeystoneSettings settings) {
        return address.isEncrypted()
                ? TrustedCertificates.find(settings.caFile(), findCertFile(), TrustedCertificates.SYSTEM)
                : Optional.empty();
    }

    private static Optional<Path> findCertFile() {
        return Optional.ofNullable(System.getenv("SSL_CERT_FILE"))
                .filter(file -> !file.isEmpty())
                .map(Path::of);
    }

    /** The address at which callers obtain tokens. */
    public String root() {
        return publicAddress.root().toString();
    }

    /** Validates a token. The future is already complete if the token is cached. See {@link CachedTokens#validate}. */
    public Future<Principal> validate(String token) {
        return tokens.validate(token);
    }

    /**
     * Validates a token that may have expired since the user sent the request to the first service. Use this only for a
     * request that also has a valid token of a service. An expired token is not cached.
     */
    public Future<Principal> validateAllowExpired(String token) {
        Principal cached = tokens.findCached(token);
        return cached == null ? tokensAllowExpired.validate(token) : Future.succeededFuture(cached);
    }
}
