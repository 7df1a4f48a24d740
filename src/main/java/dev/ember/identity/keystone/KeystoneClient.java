package dev.ember.identity.keystone;

import dev.ember.identity.IdentitySettings;
import dev.ember.identity.Principal;
import dev.ember.identity.provider.ProviderConnections;
import dev.ember.identity.provider.ProviderExchange;
import dev.ember.identity.provider.ProviderLog;
import dev.ember.identity.provider.ProviderMetrics;
import dev.ember.identity.provider.RetryUntilSuccess;
import dev.ember.identity.provider.TrustedCertificates;
import dev.ember.identity.token.CachedTokens;
import dev.ember.identity.token.TokenCacheMetrics;
import dev.ember.identity.token.ValidToken;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/** Validates tokens at Keystone. Created only when the identity mode is {@code keystone}. */
@ApplicationScoped
public class KeystoneClient {

    /** The longest wait for a permit, as a multiple of the timeout of a request. */
    private static final int MAX_WAIT_IN_TIMEOUTS = 6;

    private final Vertx vertx;
    private final KeystoneAddress address;
    private final KeystoneAddress publicAddress;
    private final ServiceToken serviceToken;
    private final CachedTokens tokens;

    /** A separate cache. Only {@link #validateAllowExpired} accepts its tokens. */
    private final CachedTokens tokensAllowExpired;

    private final ProviderLog log;

    KeystoneClient(Vertx vertx, KeystoneSettings settings, IdentitySettings identitySettings, MeterRegistry meters) {
        this.vertx = vertx;
        address = KeystoneAddress.of(settings);
        publicAddress = address.orPublic(settings);
        log = new ProviderLog(
                "Keystone at " + address.root() + " cannot validate tokens",
                "Keystone at " + address.root() + " validates tokens again",
                System::nanoTime);
        var credentials = ServiceCredentials.of(settings).toBuffer();
        ProviderConnections connections =
                ProviderConnections.open(vertx, settings.timeout(), findTrustOptions(settings));
        ProviderMetrics metrics = new ProviderMetrics(meters, "ember.keystone.requests");
        ProviderExchange exchange = new ProviderExchange(connections, settings.timeout(), metrics);
        serviceToken = new ServiceToken(exchange, address.tokens(), credentials, Clock.systemUTC());
        KeystoneLimit limit = new KeystoneLimit(vertx, settings.timeout().multipliedBy(MAX_WAIT_IN_TIMEOUTS));
        TokenValidator validation = new TokenValidator(exchange, address.tokens(), serviceToken, limit);
        tokens = cache(validation::validate, identitySettings);
        tokensAllowExpired = cache(validation::validateAllowExpired, identitySettings);
        TokenCacheMetrics.register(meters, tokens);
    }

    private CachedTokens cache(Function<String, Future<ValidToken>> validation, IdentitySettings settings) {
        return new CachedTokens(
                token -> validation.apply(token).onComplete(result -> log.report(result.cause())),
                settings.tokenCacheTtl(),
                Clock.systemUTC());
    }

    /** Starts to obtain the first service token, and retries until Keystone issues it. */
    void start() {
        RetryUntilSuccess.start(vertx, () -> serviceToken.get().onComplete(result -> log.report(result.cause())));
    }

    /** Whether Keystone has issued a service token since the service started. */
    boolean hasAuthenticated() {
        return serviceToken.wasObtained();
    }

    /** The trusted certificates. They are not read without TLS, so that invalid settings for them have no effect. */
    private Optional<TrustOptions> findTrustOptions(KeystoneSettings settings) {
        return address.isEncrypted() ? TrustedCertificates.find(settings.caFile()) : Optional.empty();
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
