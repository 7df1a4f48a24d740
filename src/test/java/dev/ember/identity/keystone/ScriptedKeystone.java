package dev.ember.identity.keystone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Keystone that behaves, correctly or incorrectly, as a {@link TestToken} says. Requests to {@code /test/…} return
 * what it received and revoke the service's tokens.
 */
public final class ScriptedKeystone implements AutoCloseable {

    public static final String USERNAME = "ember";
    public static final String PASSWORD = "private-password";
    static final String ADMIN_PROJECT = "admin-project";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, AtomicInteger> validations = new ConcurrentHashMap<>();
    private final Set<String> serviceTokens = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean userDisabled = new AtomicBoolean();
    private final AtomicInteger rejectedLogins = new AtomicInteger();
    private final AtomicInteger issued = new AtomicInteger();
    private final AtomicInteger visitsElsewhere = new AtomicInteger();

    public ScriptedKeystone() throws IOException {
        this(0);
    }

    /** @param port the port on the loopback interface, 0 for any free port */
    public ScriptedKeystone(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/v3/auth/tokens", this::tokens);
        server.createContext("/elsewhere", exchange -> {
            visitsElsewhere.incrementAndGet();
            respond(exchange, 200, "{}");
        });
        server.createContext("/test/validations/", exchange -> {
            String token = exchange.getRequestURI().getPath().substring("/test/validations/".length());
            respond(
                    exchange,
                    200,
                    validations.getOrDefault(token, new AtomicInteger()).toString());
        });
        server.createContext("/test/elsewhere", exchange -> respond(exchange, 200, visitsElsewhere.toString()));
        server.createContext("/test/issued", exchange -> respond(exchange, 200, issued.toString()));
        server.createContext("/test/revoke", exchange -> {
            serviceTokens.clear();
            respond(exchange, 200, "");
        });
        server.createContext("/test/disable-user", exchange -> {
            setUserDisabled(true);
            serviceTokens.clear();
            respond(exchange, 200, "");
        });
        server.createContext("/test/enable-user", exchange -> {
            setUserDisabled(false);
            respond(exchange, 200, "");
        });
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns how many tokens it issued to the service. */
    int issued() {
        return issued.get();
    }

    /** Returns how often it rejected a request of the service for a token. */
    int rejectedLogins() {
        return rejectedLogins.get();
    }

    void setUserDisabled(boolean disabled) {
        userDisabled.set(disabled);
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void tokens(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            issue(exchange);
        } else if (!serviceTokens.contains(exchange.getRequestHeaders().getFirst("X-Auth-Token"))) {
            respond(exchange, 401, error(401));
        } else {
            validate(exchange, exchange.getRequestHeaders().getFirst("X-Subject-Token"));
        }
    }

    private void issue(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (userDisabled.get() || !request.contains("\"password\":\"" + PASSWORD + "\"")) {
            rejectedLogins.incrementAndGet();
            respond(exchange, 401, error(401));
            return;
        }
        String token = "service-token-" + issued.incrementAndGet();
        serviceTokens.add(token);
        exchange.getResponseHeaders().set("X-Subject-Token", token);
        respond(exchange, 201, description("ember", "service", "service", 3_600));
    }

    private void validate(HttpExchange exchange, String text) throws IOException {
        int number =
                validations.computeIfAbsent(text, any -> new AtomicInteger()).incrementAndGet();
        TestToken token = TestToken.parse(text);
        switch (token.script()) {
            case VALID -> respond(exchange, 200, description(token));
            case VALID_ONCE ->
                respond(exchange, number == 1 ? 200 : 404, number == 1 ? description(token) : error(404));
            case EXPIRED -> {
                boolean allowed = exchange.getRequestURI().getQuery().contains("allow_expired=1");
                respond(exchange, allowed ? 200 : 404, allowed ? description(token) : error(404));
            }
            case ACCESS_RULES -> respond(exchange, 200, withAccessRules(token, "[{\"path\": \"/**\"}]"));
            case NO_ACCESS_RULES -> respond(exchange, 200, withAccessRules(token, "[]"));
            case NULL_ACCESS_RULES -> respond(exchange, 200, withAccessRules(token, "null"));
            case LATE -> {
                sleep(300);
                respond(exchange, 200, description(token));
            }
            case TOO_LATE -> {
                sleep(6_000);
                respond(exchange, 200, description(token));
            }
            case UNKNOWN -> respond(exchange, 404, error(404));
            case FORBIDDEN -> respond(exchange, 403, error(403));
            case FAILURE -> respond(exchange, 500, error(500));
            case OTHER_404 -> respond(exchange, 404, "<html>no such page</html>");
            case NOT_JSON -> respond(exchange, 200, "<html>welcome</html>");
            case OTHER_JSON -> respond(exchange, 200, "{\"token\": []}");
            case NO_EXPIRY -> respond(exchange, 200, "{\"token\": {\"user\": {\"id\": \"u\"}}}");
            case TOO_LONG -> respond(exchange, 200, " ".repeat(2_000_000) + description(token));
            case HANG_UP -> exchange.close();
            case TRICKLE -> trickle(exchange);
            case REDIRECT -> {
                exchange.getResponseHeaders().set("Location", address() + "/elsewhere");
                respond(exchange, 302, "");
            }
        }
    }

    private static void trickle(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        for (int i = 0; i < 100; i++) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            sleep(100);
        }
        exchange.close();
    }

    private static String withAccessRules(TestToken token, String rules) {
        return description(token)
                .replace(
                        "{\"token\": {", "{\"token\": {\"application_credential\": {\"access_rules\": " + rules + "},");
    }

    private static String description(TestToken token) {
        return description(token.user(), token.project(), token.roles(), token.seconds());
    }

    private static String description(String user, String project, String roles, long seconds) {
        String scope = project.isEmpty() ? "" : "\"project\": {\"id\": \"%s\", \"name\": \"p\"},".formatted(project);
        return """
                {"token": {"methods": ["password"], "user": {"id": "%s", "name": "n"}, %s "roles": [%s],
                "expires_at": "%s"}}"""
                .formatted(
                        user,
                        scope,
                        Stream.of(roles.split("\\+"))
                                .map("{\"id\": \"r\", \"name\": \"%s\"}"::formatted)
                                .collect(Collectors.joining(",")),
                        Instant.now().plusSeconds(seconds));
    }

    private static String error(int code) {
        return "{\"error\": {\"code\": %d, \"message\": \"m\", \"title\": \"t\"}}".formatted(code);
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void sleep(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
