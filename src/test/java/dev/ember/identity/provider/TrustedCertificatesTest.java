package dev.ember.identity.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The provider has a certificate for localhost that no certificate authority of the system has signed. */
class TrustedCertificatesTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Optional<Path> NONE = Optional.empty();
    private static final String BROKEN = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

    @TempDir
    static Path directory;

    private static HttpServer provider;
    private static Path pem;

    @BeforeAll
    static void start() throws Exception {
        pem = directory.resolve("provider.pem");
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=provider", "-ext", "san=dns:localhost");
        keytool("-exportcert", "-rfc", "-file", pem.toString());
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions().setPath(store()).setPassword("password"));
        provider = await(VERTX.createHttpServer(options)
                .requestHandler(request -> request.response().end("{}"))
                .listen(0, "127.0.0.1"));
    }

    @AfterAll
    static void stop() throws Exception {
        await(VERTX.close());
    }

    @Test
    void trustsTheCertificatesOfEitherVariable() throws Exception {
        assertEquals("200", ask("localhost", TrustedCertificates.find(Optional.of(pem), NONE, List.of())));
        assertEquals("200", ask("localhost", TrustedCertificates.find(NONE, Optional.of(pem), List.of())));
    }

    @Test
    void trustsTheFirstSystemFileThatHasCertificates() throws Exception {
        Path empty = file("empty-bundle", "");
        Path bundle = file("bundle", BROKEN + "# a comment\n" + Files.readString(pem));
        List<Path> system = List.of(directory.resolve("absent"), empty, bundle);
        assertEquals("200", ask("localhost", TrustedCertificates.find(NONE, NONE, system)));
    }

    @Test
    void trustsNoOtherCertificate() throws Exception {
        Path other = otherCertificate();
        assertNotTrusted(ask("localhost", TrustedCertificates.find(NONE, NONE, List.of())));
        assertNotTrusted(ask("localhost", TrustedCertificates.find(NONE, NONE, List.of(other))));
        assertNotTrusted(ask("localhost", TrustedCertificates.find(NONE, Optional.of(other), List.of(pem))));
        assertNotTrusted(
                ask("localhost", TrustedCertificates.find(Optional.of(other), Optional.of(pem), List.of(pem))));
    }

    @Test
    void rejectsACertificateForAnotherHost() throws Exception {
        assertEquals(
                "its certificate does not match its host name",
                ask("127.0.0.1", TrustedCertificates.find(Optional.of(pem), NONE, List.of())));
    }

    private static void assertNotTrusted(String result) {
        assertEquals("its certificate is from an unknown certificate authority", result);
    }

    /** Returns the status of the response, or the reason of the failure. */
    private static String ask(String host, Optional<TrustOptions> trusted) throws Exception {
        Duration timeout = Duration.ofSeconds(10);
        var exchange = new ProviderExchange(
                ProviderConnections.open(VERTX, timeout, trusted),
                timeout,
                new ProviderMetrics(new SimpleMeterRegistry(), "requests"));
        String address = "https://" + host + ":" + provider.actualPort() + "/v3/auth/tokens?nocatalog";
        return await(exchange.send(HttpMethod.GET, address, MultiMap.caseInsensitiveMultiMap(), null)
                .map(response -> Integer.toString(response.status()))
                .recover(e -> Future.succeededFuture(e.getMessage())));
    }

    private static Path otherCertificate() throws Exception {
        Path other = directory.resolve("other.pem");
        keytool("-genkeypair", "-alias", "other", "-keyalg", "EC", "-dname", "CN=other", "-ext", "san=dns:localhost");
        keytool("-exportcert", "-alias", "other", "-rfc", "-file", other.toString());
        return other;
    }

    private static Path file(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }

    private static String store() {
        return directory.resolve("provider.p12").toString();
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store(), "-storetype", "PKCS12", "-storepass", "password"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
