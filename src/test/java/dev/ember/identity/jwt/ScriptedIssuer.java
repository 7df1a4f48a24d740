package dev.ember.identity.jwt;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** An issuer on the loopback interface. It publishes keys, until a test changes its responses. */
final class ScriptedIssuer implements AutoCloseable {

    static final String DISCOVERY = "/.well-known/openid-configuration";
    static final String KEYS = "/openid/v1/jwks";

    /** How it responds to a path. */
    interface Script {
        void respond(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();

    ScriptedIssuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        respond(DISCOVERY, discovery(address(), address() + KEYS));
        respond(
                KEYS,
                keys(
                        TestKey.RSA,
                        TestKey.RSA_384,
                        TestKey.RSA_512,
                        TestKey.RSA_PSS,
                        TestKey.EC,
                        TestKey.EC_384,
                        TestKey.ED25519));
        server.start();
    }

    /** The discovery document in the form of the API server of Kubernetes. */
    static String discovery(String issuer, String keys) {
        return """
                {"issuer":"%s","jwks_uri":"%s","response_types_supported":["id_token"],\
                "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}"""
                .formatted(issuer, keys);
    }

    static String keys(TestKey... keys) {
        return Arrays.stream(keys).map(TestKey::jwk).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void respond(String path, String body) {
        scripts.put(path, exchange -> send(exchange, 200, body));
    }

    void respond(String path, Script script) {
        scripts.put(path, script);
    }

    /** The path of each request and its credentials. */
    Queue<String> requests() {
        return requests;
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String credentials = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(credentials == null ? path : path + " " + credentials);
        scripts.getOrDefault(path, other -> send(other, 404, "{}")).respond(exchange);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
