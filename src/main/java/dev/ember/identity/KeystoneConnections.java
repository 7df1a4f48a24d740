package dev.ember.identity;

import dev.ember.lifecycle.StartRefused;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Makes the client for Keystone: few connections, kept open, to nowhere else, and bounded in everything. */
final class KeystoneConnections {

    private static final int CONNECTIONS = 16;
    private static final int WAITING = 1_024;

    /** Shorter than web servers wait, whose closing would meet the next request. */
    private static final int IDLE_SECONDS = 4;

    private KeystoneConnections() {}

    /** A client that follows no redirect, for it would take tokens elsewhere. */
    static HttpClient open(Vertx vertx, KeystoneAddress address, KeystoneSettings settings) {
        HttpClientOptions options = new HttpClientOptions()
                .setMaxPoolSize(CONNECTIONS)
                .setMaxWaitQueueSize(WAITING)
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setConnectTimeout(Math.toIntExact(settings.timeout().toMillis()))
                .setSsl(address.isEncrypted())
                .setVerifyHost(true);
        settings.caFile()
                .ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertValue(certificates(file))));
        return vertx.createHttpClient(options);
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
