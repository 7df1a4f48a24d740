package dev.ember.identity.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureCauseTest {

    @TempDir
    static Path directory;

    private static TestCertificates certificates;

    private final Vertx vertx = Vertx.vertx();

    @BeforeAll
    static void issue() throws Exception {
        certificates = new TestCertificates(directory);
        certificates.issue("valid", "-1d");
        certificates.issue("expired", "-3d");
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    @Test
    void connectsToATrustedProvider() throws Exception {
        HttpServer server = listen("valid");
        assertEquals("200", trusting("localhost", server));
    }

    @Test
    void namesAnUnknownCertificateAuthority() throws Exception {
        HttpServer server = listen("valid");
        assertEquals(
                "its certificate is from an unknown certificate authority",
                failure("https://localhost:" + server.actualPort(), Optional.empty()));
    }

    @Test
    void namesAWrongHostName() throws Exception {
        HttpServer server = listen("valid");
        assertEquals("its certificate does not match its host name", trusting("127.0.0.1", server));
    }

    @Test
    void namesAnExpiredCertificate() throws Exception {
        HttpServer server = listen("expired");
        assertEquals("its certificate has expired", trusting("localhost", server));
    }

    @Test
    void namesAServerWithoutASupportedTlsVersion() throws Exception {
        HttpServer server = listen(options("valid").setEnabledSecureTransportProtocols(Set.of("TLSv1.1")));
        assertEquals(
                "the TLS handshake fails; check the protocol versions and ciphers that it accepts",
                trusting("localhost", server));
    }

    @Test
    void namesPlainHttpOnThePort() throws Exception {
        HttpServer server = listen(new HttpServerOptions().setHost("127.0.0.1"));
        assertEquals(
                "its port does not speak TLS; its address may have to begin with http:", trusting("localhost", server));
    }

    @Test
    void namesAClosedPort() throws Exception {
        HttpServer server = listen("valid");
        await(server.close());
        assertEquals("it refuses connections", trusting("localhost", server));
    }

    @Test
    void namesAWrappedCause() {
        assertEquals(
                "its host name cannot be resolved",
                FailureCause.describe(new IllegalStateException(new UnknownHostException("keystone.example.org"))));
        assertEquals(
                "its certificate is not yet valid",
                FailureCause.describe(
                        new SSLHandshakeException("failed").initCause(new CertificateNotYetValidException())));
        assertEquals(
                "it does not accept connections in time",
                FailureCause.describe(new ConnectTimeoutException("connection timed out")));
        assertEquals(
                "the TLS handshake takes too long",
                FailureCause.describe(new SslHandshakeTimeoutException("handshake timed out")));
    }

    private HttpServer listen(String alias) throws Exception {
        return listen(options(alias));
    }

    private HttpServer listen(HttpServerOptions options) throws Exception {
        return await(vertx.createHttpServer(options)
                .requestHandler(request -> request.response().end())
                .listen(0));
    }

    private static HttpServerOptions options(String alias) {
        return new HttpServerOptions()
                .setHost("127.0.0.1")
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions()
                        .setPath(certificates.keyStore().toString())
                        .setPassword(TestCertificates.PASSWORD)
                        .setAlias(alias));
    }

    private String trusting(String host, HttpServer server) throws Exception {
        return failure("https://" + host + ":" + server.actualPort(), Optional.of(certificates.authority()));
    }

    /** Returns the reason of the failure, or the status. */
    private String failure(String url, Optional<Path> caFile) throws Exception {
        Duration timeout = Duration.ofSeconds(5);
        ProviderExchange exchange = new ProviderExchange(
                ProviderConnections.open(vertx, timeout, TrustedCertificates.find(caFile)),
                timeout,
                new ProviderMetrics(new SimpleMeterRegistry(), "requests"));
        return await(exchange.send(HttpMethod.GET, url, MultiMap.caseInsensitiveMultiMap(), null)
                .map(response -> Integer.toString(response.status()))
                .recover(e -> Future.succeededFuture(e.getMessage())));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
