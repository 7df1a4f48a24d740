package dev.ember.identity.provider;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The connections to the identity provider. Their number and all their timeouts are limited. They do not follow
 * redirects, because a redirect could send tokens to another server.
 *
 * @param pooled reuses its connections for later requests
 * @param fresh opens a new connection for each request, so that no request uses a connection that the provider has
 *     closed
 */
public record ProviderConnections(HttpClient pooled, HttpClient fresh) {

    /** Enough for all in-flight validations and for the service token. No request waits for a connection. */
    private static final int MAX_CONNECTIONS = 16;

    /**
     * Shorter than the idle timeout of web servers. Otherwise a server could close a connection while the next request
     * is sent.
     */
    private static final int IDLE_SECONDS = 4;

    /** @param trusted the trusted certificates, or empty for those of Java */
    public static ProviderConnections open(Vertx vertx, Duration timeout, Optional<TrustOptions> trusted) {
        HttpClientOptions options = new HttpClientOptions()
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setConnectTimeout(Math.toIntExact(timeout.toMillis()))
                .setSslHandshakeTimeout(timeout.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setVerifyHost(true);
        trusted.ifPresent(options::setTrustOptions);
        return new ProviderConnections(
                open(vertx, options), open(vertx, new HttpClientOptions(options).setKeepAlive(false)));
    }

    /**
     * Ignores exceptions of connections. Requests report the failures of their connections. The reset of an idle
     * connection is not an error.
     */
    private static HttpClient open(Vertx vertx, HttpClientOptions options) {
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS))
                .withConnectHandler(connection -> connection.exceptionHandler(e -> {}))
                .build();
    }
}
