package dev.ember.identity.jwt;

import dev.ember.identity.Authenticator;
import dev.ember.identity.IdentitySettings;
import dev.ember.identity.InvalidToken;
import dev.ember.identity.Principal;
import dev.ember.identity.provider.ProviderConnections;
import dev.ember.identity.provider.ProviderExchange;
import dev.ember.identity.provider.ProviderLog;
import dev.ember.identity.provider.ProviderMetrics;
import dev.ember.identity.provider.RetryUntilSuccess;
import dev.ember.identity.provider.TrustedCertificates;
import dev.ember.identity.token.CachedTokens;
import dev.ember.identity.token.TokenCacheMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.lookup.LookupIfProperty;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.TrustOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Authenticates callers by a token that an issuer has signed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750, bearer tokens</a>
 */
@ApplicationScoped
@LookupIfProperty(name = "ember.identity", stringValue = "jwt")
public class JwtAuthenticator implements Authenticator {

    private static final String SCHEME = "Bearer ";
    private static final String CHALLENGE = "Bearer realm=\"ember\"";

    /** For this long, a key is used that the issuer has removed. */
    private static final Duration REFRESH_INTERVAL = Duration.ofMinutes(5);

    private final Vertx vertx;
    private final IssuerKeys<TokenVerifier> keys;
    private final CachedTokens tokens;

    JwtAuthenticator(Vertx vertx, JwtSettings settings, IdentitySettings identitySettings, MeterRegistry meters) {
        this.vertx = vertx;
        String issuer = settings.issuer().orElseThrow();
        String audience = settings.audience().orElseThrow();
        ProviderLog log = new ProviderLog(
                "The keys of the issuer " + issuer + " cannot be fetched",
                "The keys of the issuer " + issuer + " were fetched again",
                System::nanoTime);
        IssuerClient client = new IssuerClient(
                new ProviderExchange(
                        ProviderConnections.open(vertx, settings.timeout(), findTrustOptions(settings)),
                        settings.timeout(),
                        new ProviderMetrics(meters, "ember.issuer.requests")),
                new IssuerAddress(issuer),
                settings.jwksUrl(),
                settings.bearerTokenFile().map(path -> new BearerTokenFile(vertx, path)));
        ClaimMapping mapping = ClaimMapping.of(settings);
        keys = new IssuerKeys<>(
                () -> client.fetch()
                        .map(fetched -> new TokenVerifier(fetched, issuer, audience, mapping))
                        .onComplete(result -> log.report(result.cause())),
                System::nanoTime);
        tokens = new CachedTokens(
                new TokenValidation(keys)::validate, identitySettings.tokenCacheTtl(), Clock.systemUTC());
        TokenCacheMetrics.register(meters, tokens);
    }

    /** The trusted certificates. They are not read without TLS, so that invalid settings for them have no effect. */
    private static Optional<TrustOptions> findTrustOptions(JwtSettings settings) {
        return settings.issuer()
                .filter(IssuerAddress::isEncrypted)
                .or(() -> settings.jwksUrl().filter(IssuerAddress::isEncrypted))
                .flatMap(encrypted -> TrustedCertificates.find(settings.caFile()));
    }

    @Override
    public void start() {
        RetryUntilSuccess.start(vertx, keys::get);
        vertx.setPeriodic(REFRESH_INTERVAL.toMillis(), timer -> keys.refresh());
    }

    /** Whether the keys of the issuer were fetched since the service started. */
    boolean hasKeys() {
        return keys.wereFetched();
    }

    @Override
    public Future<Principal> authenticate(HttpServerRequest request) {
        String credentials = request.getHeader(HttpHeaders.AUTHORIZATION);
        return credentials == null || !credentials.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Future.failedFuture(new InvalidToken())
                : tokens.validate(credentials.substring(SCHEME.length()).strip());
    }

    /** Without a token, a response must not tell an error. */
    @Override
    public String challenge(InvalidToken reason) {
        return reason.description() == null
                ? CHALLENGE
                : CHALLENGE + ", error=\"invalid_token\", error_description=\"" + reason.description() + "\"";
    }
}
