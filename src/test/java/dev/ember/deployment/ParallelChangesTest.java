package dev.ember.deployment;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.Together;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ParallelChangesTest extends HttpTest {

    private static final int ROUNDS = 40;
    private static final String BODY = """
            {"config_id": "c", "server_id": "s", "action": "a"}""";

    @Test
    void appliesAllConcurrentUpdatesOfDifferentFields() {
        String deployment = deployments + "/" + createId(BODY);
        for (int round = 0; round < ROUNDS; round++) {
            String[] bodies = {
                "{\"action\": \"a%d\"}".formatted(round),
                "{\"status_reason\": \"r%d\"}".formatted(round),
                "{\"config_id\": \"c%d\"}".formatted(round),
                "{\"output_values\": {\"o\": %d}}".formatted(round)
            };
            List<Callable<Integer>> updates = new ArrayList<>();
            for (String body : bodies) {
                updates.add(() -> json(body).put(deployment).statusCode());
            }
            assertEquals(List.of(200, 200, 200, 200), Together.run(updates));
            given().get(deployment)
                    .then()
                    .body("software_deployment.action", equalTo("a" + round))
                    .body("software_deployment.status_reason", equalTo("r" + round))
                    .body("software_deployment.config_id", equalTo("c" + round))
                    .body("software_deployment.output_values.o", equalTo(round));
        }
    }

    @Test
    void updatesOrRespondsNotFoundDuringADelete() {
        for (int round = 0; round < ROUNDS; round++) {
            String deployment = deployments + "/" + createId(BODY);
            List<Integer> statuses = Together.run(
                    () -> given().delete(deployment).statusCode(),
                    () -> json("{\"status\": \"FAILED\"}").put(deployment).statusCode());
            assertEquals(204, statuses.get(0));
            assertThat(statuses.get(1), in(List.of(200, 404)));
            given().get(deployment).then().statusCode(404);
        }
    }

    @Test
    void respondsNotFoundToOneOfTwoConcurrentDeletes() {
        for (int round = 0; round < ROUNDS; round++) {
            String deployment = deployments + "/" + createId(BODY);
            List<Integer> statuses =
                    Together.run(() -> given().delete(deployment).statusCode(), () -> given().delete(deployment)
                            .statusCode());
            assertEquals(List.of(204, 404), statuses.stream().sorted().toList());
        }
    }

    @Test
    void listsEachDeploymentOnceDuringChanges() {
        List<String> remaining = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            remaining.add(createId(BODY));
        }
        for (int round = 0; round < ROUNDS / 4; round++) {
            List<Callable<Response>> requests = new ArrayList<>();
            String deleted = createId(BODY);
            requests.add(() -> given().get(deployments));
            requests.add(() -> given().delete(deployments + "/" + deleted));
            requests.add(() -> create(BODY));
            List<Response> responses = Together.run(requests);
            responses.forEach(response -> assertThat(response.statusCode(), in(List.of(200, 204))));
            List<String> seen = responses.get(0).path("software_deployments.id");
            assertEquals(seen.stream().distinct().sorted().toList(), seen);
            assertEquals(remaining, seen.subList(0, remaining.size()));
            assertThat(deleted, not(in(remaining)));
        }
    }
}
