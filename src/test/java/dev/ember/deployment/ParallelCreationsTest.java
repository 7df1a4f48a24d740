package dev.ember.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import dev.ember.Together;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ParallelCreationsTest extends HttpTest {

    private static final int CLIENTS = 40;
    private static final int CREATES_PER_CLIENT = 10;

    private static String body(String server, String action) {
        return """
            {"config_id": "c", "server_id": "%s", "action": "%s"}""".formatted(server, action);
    }

    @Test
    void storesEachDeploymentAsReturned() {
        List<Callable<List<String>>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            String server = "server-" + client;
            clients.add(() -> createAll(server));
        }
        List<String> returned =
                Together.run(clients).stream().flatMap(List::stream).sorted().toList();
        List<String> stored = TestDatabase.query(
                        "select id || ' ' || server_id || ' ' || action from software_deployment"
                                + " where tenant_id = '%s'".formatted(tenant))
                .stream()
                .sorted()
                .toList();
        assertEquals(stored, returned);
        assertEquals(CLIENTS * CREATES_PER_CLIENT, returned.stream().distinct().count());
    }

    @Test
    void rejectsOnlyInvalidCreates() {
        List<Callable<Integer>> creates = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String action = i % 4 == 0 ? "" : "a";
            creates.add(() -> create(body("s", action)).statusCode());
        }
        List<Integer> statuses = Together.run(creates);
        assertEquals(30, Collections.frequency(statuses, 200));
        assertEquals(10, Collections.frequency(statuses, 400));
        assertEquals(30, TestDatabase.deploymentsOf(tenant));
    }

    private List<String> createAll(String server) {
        List<String> returned = new ArrayList<>();
        for (int i = 0; i < CREATES_PER_CLIENT; i++) {
            Response created = create(body(server, "a" + i));
            assertEquals(200, created.statusCode(), created.asString());
            returned.add(created.path("software_deployment.id") + " " + created.path("software_deployment.server_id")
                    + " " + created.path("software_deployment.action"));
        }
        return returned;
    }
}
