package dev.ember.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.Metrics;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StoredStatusesTest extends HttpTest {

    private static final String BODY = "{\"config_id\": \"c\", \"server_id\": \"s\", \"action\": \"a\"}";

    @Test
    void countsTheStatusesOfCreatesAndUpdates() {
        List<Double> before = counted();
        String id = createId(BODY);
        create(BODY.replace("}", ", \"status\": \"COMPLETE\"}"));
        update(id, "{\"status\": \"FAILED\"}", 200);
        update(id, "{\"status\": \"IN_PROGRESS\"}", 200);
        update(id, "{\"status\": \"COMPLETE\"}", 200);
        assertEquals(List.of(2.0, 2.0, 1.0), since(before));
    }

    @Test
    void countsNothingWithoutAStatusOrAChange() {
        String id = createId(BODY);
        List<Double> before = counted();
        update(id, "{\"status_reason\": \"Half done\"}", 200);
        update(id, "{\"status\": \"DONE\"}", 400);
        update(UUID.randomUUID().toString(), "{\"status\": \"COMPLETE\"}", 404);
        json("{\"status\": \"COMPLETE\"}")
                .header("If-Match", "\"other\"")
                .put(deployments + "/" + id)
                .then()
                .statusCode(412);
        create("{}").then().statusCode(400);
        assertEquals(List.of(0.0, 0.0, 0.0), since(before));
    }

    @Test
    void countsACreateOnceWhenItIsReplayed() {
        List<Double> before = counted();
        String key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            json(BODY).header("Idempotency-Key", key).post(deployments).then().statusCode(200);
        }
        assertEquals(List.of(1.0, 0.0, 0.0), since(before));
    }

    private void update(String id, String body, int status) {
        json(body).put(deployments + "/" + id).then().statusCode(status);
    }

    private static List<Double> counted() {
        return Stream.of("in_progress", "complete", "failed")
                .map(status -> Metrics.sum("ember_deployment_statuses_total{status=\"" + status + "\""))
                .toList();
    }

    private static List<Double> since(List<Double> before) {
        List<Double> now = counted();
        return List.of(now.get(0) - before.get(0), now.get(1) - before.get(1), now.get(2) - before.get(2));
    }
}
