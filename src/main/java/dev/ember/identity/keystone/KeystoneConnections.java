package dev.ember.identity.keystone;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The connections to Keystone: few, to nowhere else, and bounded in everything. They follow no redirect, which would
 * take tokens elsewhere.
 *
 * @param pooled keeps its connections open for the next request
 * @param fresh opens a connection for each request, and so never meets one that Keystone has closed meanwhile
 */
record KeystoneConnections(HttpClient pooled, HttpClient fresh) {

    /** Enough for all validations in flight and for the service token; nothing waits for a connection. */
    private static final int CONNECTIONS = 16;

    /** Shorter than web servers wait, whose closing would meet the next request. */
    private static final int IDLE_SECONDS = 4;

    /** @param trusted the certificates that are trusted, or empty for those of Java */
    static KeystoneConnections open(Vertx vertx, Duration timeout, Optional<TrustOptions> trusted) {
        HttpClientOptions options = new HttpClientOptions()
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setConnectTimeout(Math.toIntExact(timeout.toMillis()))
                .setSslHandshakeTimeout(timeout.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setVerifyHost(true);
        trusted.ifPresent(options::setTrustOptions);
        return new KeystoneConnections(
                open(vertx, options), open(vertx, new HttpClientOptions(options).setKeepAlive(false)));
    }

    /** Requests report what happens to their connection. The reset of an idle one is no error, and is not logged. */
    private static HttpClient open(Vertx vertx, HttpClientOptions options) {
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS))
                .withConnectHandler(connection -> connection.exceptionHandler(e -> {}))
                .build();
    }
}
