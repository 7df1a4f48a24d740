package dev.ember.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.TestDatabase;
import dev.ember.Together;
import dev.ember.database.EveryOperation;
import io.restassured.RestAssured;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * Makes the AOT cache of the jar: the JVM records which classes and methods the service uses for every operation. Runs
 * only with {@code ./mvnw verify -Daot}.
 *
 * <p>A cache fits only the build of the JVM that made it. The JVM does not notice that a jar has changed, so an old
 * cache is deleted first. See <a href="https://openjdk.org/jeps/514">JEP 514</a>.
 */
class AotCacheTraining extends EveryOperation {

    /** The options of the JVM image. */
    private static final String OPTIONS = "@src/main/docker/jvm.options";

    private static final int CLIENTS = 8;
    private static final int ROUNDS = 250;

    @Test
    void makesACacheThatTheServiceCanUse() throws Exception {
        Path cache = PackagedService.artifact().resolveSibling("app.aot");
        Files.deleteIfExists(cache);
        TestDatabase database = new TestDatabase();
        Map<String, String> settings = settings(database.start());
        try {
            train(settings, cache);
            // With this mode, a JVM that cannot use the cache does not start.
            List<String> options = List.of(OPTIONS, "-XX:AOTMode=on", "-XX:AOTCache=" + cache);
            try (PackagedService service = new PackagedService(options, settings)) {
                service.awaitReady();
            }
        } finally {
            database.stop();
        }
    }

    /** The JVM writes the cache when the service ends. */
    private void train(Map<String, String> settings, Path cache) throws Exception {
        try (PackagedService service = new PackagedService(List.of(OPTIONS, "-XX:AOTCacheOutput=" + cache), settings)) {
            service.awaitReady();
            RestAssured.port = service.port();
            awaitFirstCreate();
            runEveryOperation();
            runUsualOperations();
            service.terminate();
            service.awaitExit();
            assertTrue(Files.exists(cache), service.output());
        }
    }

    /** A JVM that records is slow at first, so that the database may seem to be too slow. */
    private void awaitFirstCreate() throws InterruptedException {
        for (int i = 0; i < 100 && create(body("unknown", "s")).statusCode() != 400; i++) {
            Thread.sleep(100);
        }
    }

    /** Runs the operations that need most of the time in production, so often that the JVM compiles them. */
    private void runUsualOperations() {
        String config = createId(configs, "{\"name\": \"n\", \"config\": \"echo\"}");
        List<Callable<Void>> clients = new ArrayList<>(Collections.nCopies(CLIENTS, () -> {
            for (int i = 0; i < ROUNDS; i++) {
                String path = deployments + "/" + createId(deployments, body(config, "server-" + i % 20));
                assertStatus(request(path).GET());
                assertStatus(request(path).PUT(BodyPublishers.ofString("{\"status\": \"COMPLETE\"}")));
                assertStatus(request(deployments + "?limit=20").GET());
                assertStatus(request(deployments + "/metadata/server-1").GET());
            }
            return null;
        }));
        Together.run(clients);
    }

    private static String body(String config, String server) {
        return """
            {"config_id": "%s", "server_id": "%s", "action": "CREATE", "status": "IN_PROGRESS"}"""
                .formatted(config, server);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json");
    }

    private static void assertStatus(HttpRequest.Builder request) {
        assertEquals(200, send(request).statusCode());
    }

    /** Returns the environment variables of the settings that every operation needs. */
    private static Map<String, String> settings(Map<String, String> database) {
        Map<String, String> properties = new HashMap<>(database);
        properties.putAll(new Profile().getConfigOverrides());
        properties.put("quarkus.shutdown.delay", "0S");
        properties.put("quarkus.datasource.jdbc.acquisition-timeout", "30S");
        Map<String, String> settings = new HashMap<>();
        properties.forEach(
                (name, value) -> settings.put(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
        return settings;
    }
}
