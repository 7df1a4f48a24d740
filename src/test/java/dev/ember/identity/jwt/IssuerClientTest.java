package dev.ember.identity.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.identity.provider.ProviderConnections;
import dev.ember.identity.provider.ProviderExchange;
import dev.ember.identity.provider.ProviderMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwk.JsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerClientTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final String NO_DOCUMENT = "its discovery document does not name EMBER_JWT_ISSUER as the issuer";
    private static final String NO_ADDRESS = "its discovery document has no jwks_uri that can be used";
    private static final String NO_SET = "its response is not a set of keys";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private ScriptedIssuer issuer;

    @BeforeEach
    void start() throws Exception {
        issuer = new ScriptedIssuer();
    }

    @AfterEach
    void stop() throws Exception {
        issuer.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void findsTheKeysByDiscovery() throws Exception {
        assertEquals(7, keys(client(issuer.address())).size());
        assertEquals(List.of(ScriptedIssuer.DISCOVERY, ScriptedIssuer.KEYS), List.copyOf(issuer.requests()));
    }

    @Test
    void findsTheKeysOfAnIssuerWithASlashAtTheEnd() throws Exception {
        String address = issuer.address() + "/realms/a/";
        issuer.respond(
                "/realms/a" + ScriptedIssuer.DISCOVERY,
                ScriptedIssuer.discovery(address, issuer.address() + ScriptedIssuer.KEYS));
        assertEquals(7, keys(client(address)).size());
    }

    @Test
    void needsNoDiscoveryIfTheAddressOfTheKeysIsSet() throws Exception {
        IssuerClient client = client(
                "https://unreachable.example.org",
                Optional.of(issuer.address() + ScriptedIssuer.KEYS + "?version=1"),
                Optional.empty());
        assertEquals(7, keys(client).size());
        assertEquals(List.of(ScriptedIssuer.KEYS), List.copyOf(issuer.requests()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s/", "https://other.example.org", ""})
    void rejectsTheDocumentOfAnotherIssuer(String other) {
        issuer.respond(
                ScriptedIssuer.DISCOVERY,
                ScriptedIssuer.discovery(other.formatted(issuer.address()), issuer.address() + ScriptedIssuer.KEYS));
        assertEquals(NO_DOCUMENT, failure());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/keys", "ftp://a/keys", "file:///etc/passwd", "http://user@a/keys", "http:// a/", "http:"})
    void rejectsOtherAddressesOfKeys(String address) {
        issuer.respond(ScriptedIssuer.DISCOVERY, ScriptedIssuer.discovery(issuer.address(), address));
        assertEquals(NO_ADDRESS, failure());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}", "[]", "null", "<html>", "''", "{\"issuer\": 1}"})
    void rejectsMalformedDocuments(String body) {
        issuer.respond(ScriptedIssuer.DISCOVERY, body);
        assertEquals(NO_DOCUMENT, failure());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html> | " + NO_SET,
                "{} | " + NO_SET,
                "[] | " + NO_SET,
                "{\"keys\": 1} | " + NO_SET,
                "{\"keys\": [1]} | " + NO_SET,
                "{\"keys\": []} | it has 0 keys that can be used",
                "{\"keys\": [{}]} | it has 0 keys that can be used",
                "{\"keys\": [{\"kty\": \"new\"}]} | it has 0 keys that can be used",
                "{\"keys\": [{\"kty\": \"RSA\", \"n\": \"AQ\"}]} | it has 0 keys that can be used",
                "{\"keys\": [{\"kty\": \"oct\", \"k\": \"AAAA\"}]} | it has 0 keys that can be used"
            })
    void rejectsMalformedKeys(String body, String reason) {
        issuer.respond(ScriptedIssuer.KEYS, body);
        assertEquals(reason, failure());
    }

    @Test
    void ignoresKeysThatItCannotUse() throws Exception {
        issuer.respond(
                ScriptedIssuer.KEYS,
                "{\"keys\": [{\"kty\": \"new\"}, {\"kty\": \"oct\", \"k\": \"AAAA\"}, " + TestKey.EC.jwk() + "]}");
        assertEquals(
                List.of("ec"),
                keys(client(issuer.address())).stream()
                        .map(JsonWebKey::getKeyId)
                        .toList());
    }

    @Test
    void boundsTheNumberOfKeys() {
        issuer.respond(
                ScriptedIssuer.KEYS, "{\"keys\": [" + (TestKey.EC.jwk() + ",").repeat(100) + TestKey.EC.jwk() + "]}");
        assertEquals("it has 101 keys that can be used", failure());
    }

    @Test
    void boundsTheSizeOfTheKeys() {
        issuer.respond(ScriptedIssuer.KEYS, ScriptedIssuer.keys(TestKey.RSA) + " ".repeat(1_048_576));
        assertEquals("its response is too long", failure());
    }

    @Test
    void boundsTheTime() {
        issuer.respond(ScriptedIssuer.KEYS, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                sleep();
            }
            exchange.close();
        });
        Instant start = Instant.now();
        assertEquals("it does not respond within 1000 ms", failure());
        assertTrue(Duration.between(start, Instant.now()).toMillis() < 4_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        for (String path : List.of(ScriptedIssuer.KEYS, ScriptedIssuer.DISCOVERY)) {
            issuer.respond(path, exchange -> {
                exchange.getResponseHeaders().set("Location", issuer.address() + "/elsewhere");
                ScriptedIssuer.send(exchange, status, "");
            });
            assertEquals("it responds with " + status + " to " + issuer.address() + path, failure());
        }
        assertTrue(!issuer.requests().contains("/elsewhere"));
    }

    @Test
    void reportsAnIssuerThatIsAway() {
        issuer.close();
        assertEquals("it refuses connections", failure());
    }

    @Test
    void readsTheBearerTokenForEachFetch() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "first\n");
        IssuerClient client = client(issuer.address(), Optional.empty(), Optional.of(file));
        keys(client);
        Files.writeString(file, "second");
        keys(client);
        assertEquals(
                List.of(
                        ScriptedIssuer.DISCOVERY + " Bearer first",
                        ScriptedIssuer.KEYS + " Bearer first",
                        ScriptedIssuer.DISCOVERY + " Bearer second",
                        ScriptedIssuer.KEYS + " Bearer second"),
                List.copyOf(issuer.requests()));
    }

    @ParameterizedTest
    @CsvSource({
        "absent, the file of EMBER_JWT_BEARER_TOKEN_FILE cannot be read",
        "empty, the file of EMBER_JWT_BEARER_TOKEN_FILE has no token",
        "lines, the file of EMBER_JWT_BEARER_TOKEN_FILE has no token"
    })
    void sendsNoRequestWithoutABearerToken(String name, String reason) throws Exception {
        Files.writeString(directory.resolve("empty"), " \n");
        Files.writeString(directory.resolve("lines"), "a\r\nX-Header: b");
        IssuerClient client = client(issuer.address(), Optional.empty(), Optional.of(directory.resolve(name)));
        assertEquals(reason, failure(client));
        assertTrue(issuer.requests().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void saysThatABearerTokenIsNeeded(int status) {
        issuer.respond(ScriptedIssuer.KEYS, exchange -> ScriptedIssuer.send(exchange, status, "{}"));
        assertEquals(
                "it rejects the request of this service for " + issuer.address() + ScriptedIssuer.KEYS
                        + "; EMBER_JWT_BEARER_TOKEN_FILE must name a token that it accepts",
                failure());
    }

    /** As the API server of Kubernetes does. */
    @Test
    void acceptsTheMediaTypeOfKeys() throws Exception {
        issuer.respond(ScriptedIssuer.KEYS, exchange -> {
            boolean acceptable = exchange.getRequestHeaders().getFirst("Accept").contains("application/jwk-set+json");
            exchange.getResponseHeaders().set("Content-Type", "application/jwk-set+json");
            ScriptedIssuer.send(exchange, acceptable ? 200 : 406, ScriptedIssuer.keys(TestKey.RSA));
        });
        assertEquals(1, keys(client(issuer.address())).size());
    }

    private IssuerClient client(String address) {
        return client(address, Optional.empty(), Optional.empty());
    }

    private IssuerClient client(String address, Optional<String> keys, Optional<Path> bearerToken) {
        ProviderExchange exchange = new ProviderExchange(
                ProviderConnections.open(vertx, TIMEOUT, Optional.empty()),
                TIMEOUT,
                new ProviderMetrics(new SimpleMeterRegistry(), "requests"));
        return new IssuerClient(
                exchange, new IssuerAddress(address), keys, bearerToken.map(path -> new BearerTokenFile(vertx, path)));
    }

    private String failure() {
        return failure(client(issuer.address()));
    }

    private static String failure(IssuerClient client) {
        try {
            return client.fetch()
                    .map(keys -> "fetched")
                    .otherwise(Throwable::getMessage)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonWebKey> keys(IssuerClient client) throws Exception {
        return client.fetch().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void sleep() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
