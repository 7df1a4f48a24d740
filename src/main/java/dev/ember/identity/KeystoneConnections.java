package dev.ember.identity;

import dev.ember.lifecycle.StartRefused;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
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

    static KeystoneConnections open(Vertx vertx, KeystoneAddress address, KeystoneSettings settings) {
        HttpClientOptions options = new HttpClientOptions()
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setConnectTimeout(Math.toIntExact(settings.timeout().toMillis()))
                .setSslHandshakeTimeout(settings.timeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSsl(address.isEncrypted())
                .setVerifyHost(true);
        settings.caFile()
                .ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertValue(certificates(file))));
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

    private static Buffer certificates(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
                throw refusal(file);
            }
            return Buffer.buffer(Files.readAllBytes(file));
        } catch (IOException | CertificateException e) {
            throw refusal(file);
        }
    }

    private static StartRefused refusal(Path file) {
        return new StartRefused("EMBER_KEYSTONE_CA_FILE is '" + file
                + "', which cannot be read as certificates in PEM format. Set it to such a file.");
    }
}
