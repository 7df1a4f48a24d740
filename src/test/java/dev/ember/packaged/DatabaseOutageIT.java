package dev.ember.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.development.DevelopmentDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseOutageIT {

    private static final String DEPLOYMENTS = "/v1/t/software_deployments";
    private static final String BODY =
            """
            {"config_id": "c", "server_id": "s", "action": "a", "status_reason": "private words"}""";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void respondsUnavailableDuringTheOutageAndRecovers() throws Exception {
        int port = PackagedService.freePort();
        EmbeddedPostgres database = start(port);
        try (PackagedService service = new PackagedService(Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", database.getJdbcUrl("postgres", "postgres"),
                "QUARKUS_DATASOURCE_USERNAME", "postgres",
                "QUARKUS_DATASOURCE_PASSWORD", "postgres",
                "QUARKUS_SHUTDOWN_DELAY", "0S",
                "EMBER_HOUSEKEEPING_INTERVAL", "1S",
                "EMBER_STALE_DEPLOYMENT_AGE", "1H",
                "EMBER_IDENTITY", "none"))) {
            service.awaitReady();
            String created = service.post(DEPLOYMENTS, BODY).body();
            String id = created.substring(created.indexOf("\"id\":\"") + 6).substring(0, 36);

            database.close();

            Duration quickest = TIMEOUT;
            for (int i = 0; i < 3; i++) {
                Duration duration = assertUnavailable(service);
                quickest = duration.compareTo(quickest) < 0 ? duration : quickest;
            }
            // The shortest of three durations, because the machine may be busy. The settings limit the others.
            assertTrue(quickest.toMillis() < 2_000, "The response took " + quickest);
            assertEquals(503, service.get(DEPLOYMENTS).statusCode());
            assertEquals(503, service.get("/v1/t/software_configs").statusCode());
            assertEquals(503, service.get("/q/health/ready").statusCode());
            assertEquals(200, service.get("/q/health/live").statusCode());

            database = start(port);

            awaitSuccess(service);
            assertEquals(created, service.get(DEPLOYMENTS + "/" + id).body());
            assertLogHasNoInternals(service.output());
        } finally {
            database.close();
        }
    }

    private EmbeddedPostgres start(int port) throws IOException {
        return DevelopmentDatabase.builder()
                .setPort(port)
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .start();
    }

    private static Duration assertUnavailable(PackagedService service) throws Exception {
        Instant start = Instant.now();
        HttpResponse<String> response = service.post(DEPLOYMENTS, BODY);
        Duration duration = Duration.between(start, Instant.now());

        assertEquals(503, response.statusCode());
        assertEquals("2", response.headers().firstValue("Retry-After").orElseThrow());
        assertEquals(
                """
                {"code":503,"title":"Service Unavailable","explanation":"The service cannot process the request at the moment.",\
                "error":{"type":"HTTPServiceUnavailable","message":"The database cannot be reached; try again later",\
                "traceback":null}}""",
                response.body());
        return duration;
    }

    private static void awaitSuccess(PackagedService service) throws Exception {
        Instant end = Instant.now().plus(TIMEOUT);
        while (service.post(DEPLOYMENTS, BODY).statusCode() != 200) {
            assertTrue(Instant.now().isBefore(end), "The service did not recover");
            Thread.sleep(100);
        }
    }

    private static void assertLogHasNoInternals(String log) {
        assertTrue(log.lines().allMatch(line -> line.startsWith("{\"timestamp\":")), log);
        assertTrue(
                log.lines()
                        .anyMatch(line -> line.contains("The database cannot be reached")
                                && line.contains("\"request_id\":\"req-")),
                log);
        assertEquals(
                1,
                log.lines()
                        .filter(line -> line.contains("Housekeeping stopped"))
                        .count(),
                log);
        for (String internal : new String[] {"private words", "insert into", "select ", "Exception", "\tat "}) {
            assertFalse(log.contains(internal), log);
        }
    }
}
