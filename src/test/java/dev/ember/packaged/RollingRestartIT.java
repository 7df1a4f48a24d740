package dev.ember.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.development.DevelopmentDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RollingRestartIT {

    private static final int CLIENTS = 8;
    private static final int REPLICAS = 2;
    private static final Duration DELAY = Duration.ofSeconds(4);

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicBoolean stop = new AtomicBoolean();

    @Test
    void failsNoRequestAndLosesNoDeployment() throws Exception {
        try (EmbeddedPostgres database = DevelopmentDatabase.builder().start();
                Balancer balancer = new Balancer()) {
            List<PackagedService> replicas = new ArrayList<>();
            try {
                for (int i = 0; i < REPLICAS; i++) {
                    replicas.add(startReplica(database, balancer));
                }
                balancer.awaitReady(REPLICAS);
                ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
                List<Future<?>> clients = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    clients.add(threads.submit(() -> createUntilStopped(balancer.port())));
                }

                for (int i = 0; i < REPLICAS; i++) {
                    replicas.add(startReplica(database, balancer));
                    balancer.awaitReady(REPLICAS + 1);
                    assertShutsDownGracefully(replicas.get(i));
                }

                stop.set(true);
                for (Future<?> client : clients) {
                    client.get();
                }
                threads.shutdown();
            } finally {
                for (PackagedService replica : replicas) {
                    replica.close();
                }
            }
            assertEquals(List.of(), List.copyOf(failures));
            assertTrue(acknowledged.get() > 0);
            assertEquals(acknowledged.get(), storedIn(database));
        }
    }

    private static PackagedService startReplica(EmbeddedPostgres database, Balancer balancer) throws Exception {
        PackagedService replica = new PackagedService(Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", database.getJdbcUrl("postgres", "postgres"),
                "QUARKUS_DATASOURCE_USERNAME", "postgres",
                "QUARKUS_DATASOURCE_PASSWORD", "postgres",
                "QUARKUS_SHUTDOWN_DELAY", DELAY.toSeconds() + "S",
                "EMBER_IDENTITY", "none"));
        replica.awaitReady();
        balancer.add(replica);
        return replica;
    }

    /** Asserts that the replica is no longer ready at once, serves until the delay has passed, and then exits. */
    private static void assertShutsDownGracefully(PackagedService replica) throws Exception {
        Instant signal = Instant.now();
        replica.terminate();
        while (replica.isReady()) {
            assertTrue(Instant.now().isBefore(signal.plus(DELAY)), "The replica stayed ready");
        }
        assertEquals(200, replica.get("/q/health/live").statusCode());
        assertTrue(Set.of(0, 143).contains(replica.awaitExit()));
    }

    private void createUntilStopped(int port) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/v1/t/software_deployments"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        """
                        {"config_id": "c", "server_id": "s", "action": "a"}"""))
                .build();
        while (!stop.get()) {
            try {
                int status = client.send(request, BodyHandlers.discarding()).statusCode();
                if (status == 200) {
                    acknowledged.incrementAndGet();
                } else {
                    failures.add("status " + status);
                }
                // Leaves CPU time to the replicas that are starting.
                Thread.sleep(10);
            } catch (IOException | InterruptedException e) {
                failures.add(e.toString());
            }
        }
    }

    private static long storedIn(EmbeddedPostgres database) throws Exception {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement query = connection.createStatement();
                ResultSet result = query.executeQuery("select count(*) from software_deployment")) {
            result.next();
            return result.getLong(1);
        }
    }
}
