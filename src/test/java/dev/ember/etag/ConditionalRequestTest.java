package dev.ember.etag;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import dev.ember.Together;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ConditionalRequestTest extends HttpTest {

    private static final String BODY = """
            {"config_id": "c", "server_id": "s", "action": "a"}""";
    private static final String UPDATE = """
            {"status": "COMPLETE"}""";

    private static String tag(Response response) {
        assertEquals(200, response.statusCode());
        return response.header("ETag");
    }

    private Response put(String deployment, String ifMatch, String body) {
        return json(body).header("If-Match", ifMatch).put(deployment);
    }

    @Test
    void changesTheTagWithEveryUpdateOfADeployment() {
        Response created = create(BODY);
        String deployment = deployments + "/" + created.path("software_deployment.id");
        String first = tag(created);
        assertEquals(first, tag(given().get(deployment)));
        String second = tag(json(UPDATE).put(deployment));
        assertNotEquals(first, second);
        assertEquals(second, tag(given().get(deployment)));
        assertNotEquals(second, tag(json("{}").put(deployment)));
        assertNotEquals(first, tag(create(BODY)));
    }

    @Test
    void returnsTheSameTagOnCreateAndShowOfAConfig() {
        Response created = json("{}").post(configs);
        String config = configs + "/" + created.path("software_config.id");
        assertEquals(tag(created), tag(given().get(config)));
        assertNotEquals(tag(created), tag(json("{}").post(configs)));
    }

    @Test
    void returnsTheTagOfTheStoredResponseOnReplay() {
        Response first = json(BODY).header("Idempotency-Key", "k").post(deployments);
        json(UPDATE).put(deployments + "/" + first.path("software_deployment.id"));
        assertEquals(tag(first), tag(json(BODY).header("Idempotency-Key", "k").post(deployments)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"x\", %s", "*"})
    void respondsNotModifiedForAnUnchangedDeployment(String condition) {
        Response created = create(BODY);
        String deployment = deployments + "/" + created.path("software_deployment.id");
        String header = condition.formatted(tag(created));
        assertNotModified(given().header("If-None-Match", header).get(deployment), tag(created));
        assertNotModified(given().header("If-None-Match", header).head(deployment), tag(created));
    }

    @Test
    void returnsAChangedDeployment() {
        Response created = create(BODY);
        String deployment = deployments + "/" + created.path("software_deployment.id");
        json(UPDATE).put(deployment);
        given().header("If-None-Match", tag(created))
                .get(deployment)
                .then()
                .statusCode(200)
                .body("software_deployment.status", equalTo("COMPLETE"));
    }

    @Test
    void respondsNotModifiedForAConfig() {
        Response created = json("{}").post(configs);
        String config = configs + "/" + created.path("software_config.id");
        assertNotModified(given().header("If-None-Match", tag(created)).get(config), tag(created));
        given().header("If-None-Match", "\"other\"").get(config).then().statusCode(200);
    }

    @Test
    void appliesAChangeIfTheTagMatches() {
        Response created = create(BODY);
        String deployment = deployments + "/" + created.path("software_deployment.id");
        String second = tag(put(deployment, tag(created), UPDATE));
        given().header("If-Match", "\"other\", " + second)
                .delete(deployment)
                .then()
                .statusCode(204);
        given().get(deployment).then().statusCode(404);
    }

    @Test
    void appliesAChangeIfTheConditionIsAnAsterisk() {
        String deployment = deployments + "/" + createId(BODY);
        put(deployment, "*", UPDATE).then().statusCode(200);
        given().header("If-Match", "*").delete(deployment).then().statusCode(204);
    }

    @Test
    void rejectsAChangeIfTheTagDoesNotMatch() {
        Response created = create(BODY);
        String deployment = deployments + "/" + created.path("software_deployment.id");
        json("{\"action\": \"b\"}").put(deployment);
        String before = given().get(deployment).asString();
        assertPreconditionFailed(put(deployment, tag(created), UPDATE));
        assertPreconditionFailed(given().header("If-Match", tag(created)).delete(deployment));
        assertPreconditionFailed(put(deployment, "W/" + tag(given().get(deployment)), UPDATE));
        assertEquals(before, given().get(deployment).asString());
    }

    @Test
    void deletesAConfigOnlyIfTheTagMatches() {
        Response created = json("{}").post(configs);
        String config = configs + "/" + created.path("software_config.id");
        assertPreconditionFailed(given().header("If-Match", "\"other\"").delete(config));
        given().header("If-Match", tag(created)).delete(config).then().statusCode(204);
    }

    @Test
    void respondsNotFoundRegardlessOfTheCondition() {
        String unknown = deployments + "/00000000-0000-0000-0000-000000000000";
        String message = "Deployment with id 00000000-0000-0000-0000-000000000000 not found";
        assertNotFound(put(unknown, "*", UPDATE), "NotFound", message);
        assertNotFound(given().header("If-Match", "*").delete(unknown), "NotFound", message);
        assertNotFound(given().header("If-None-Match", "*").get(unknown), "NotFound", message);
        given().header("If-Match", "*")
                .delete(configs + "/00000000-0000-0000-0000-000000000000")
                .then()
                .statusCode(404);
    }

    @Test
    void rejectsTheDeletionOfAConfigInUseRegardlessOfTheCondition() {
        String config = createId(configs, "{}");
        createId(BODY.replace("\"c\"", "\"" + config + "\""));
        given().header("If-Match", "\"other\"")
                .delete(configs + "/" + config)
                .then()
                .statusCode(409);
    }

    @ParameterizedTest
    @CsvSource({
        "If-None-Match, GET, /software_deployments/%s",
        "If-None-Match, GET, /software_configs/%s",
        "If-None-Match, GET, /software_deployments/metadata/s",
        "If-Match, PUT, /software_deployments/%s",
        "If-Match, DELETE, /software_deployments/%s",
        "If-Match, DELETE, /software_configs/%s"
    })
    void rejectsAMalformedCondition(String header, String method, String path) {
        String id = createId(path.contains("configs") ? configs : deployments, BODY);
        assertBadRequest(
                json("{}").header(header, "3").request(method, "/v1/" + tenant + path.formatted(id)),
                "HTTPBadRequest",
                header + " must be * or a list of quoted entity tags");
    }

    /** Every table is locked, so that a request that queries the database gets 503. */
    @ParameterizedTest
    @CsvSource({
        "If-None-Match, GET, /software_deployments/%s",
        "If-None-Match, HEAD, /software_deployments/%s",
        "If-None-Match, GET, /software_configs/%s",
        "If-None-Match, GET, /software_deployments/metadata/%s",
        "If-None-Match, HEAD, /software_deployments/metadata/%s",
        "If-Match, PUT, /software_deployments/%s",
        "If-Match, DELETE, /software_deployments/%s",
        "If-Match, DELETE, /software_configs/%s",
        "Idempotency-Key, POST, /software_deployments",
        "Idempotency-Key, POST, /software_configs"
    })
    void rejectsAMalformedHeaderWithoutADatabaseQuery(String header, String method, String path) throws SQLException {
        try (Connection connection = TestDatabase.connect();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("lock table software_deployment, software_config, idempotency_key");
            for (String id : List.of("00000000-0000-0000-0000-000000000000", "x")) {
                json(BODY)
                        .header(header, "\"")
                        .request(method, "/v1/" + tenant + path.formatted(id))
                        .then()
                        .statusCode(400);
            }
        }
    }

    @Test
    void appliesOneOfManyConcurrentConditionalUpdates() {
        Response created = create(BODY);
        String deployment = deployments + "/" + created.path("software_deployment.id");
        String seen = tag(created);
        for (int round = 0; round < 10; round++) {
            List<Callable<Response>> writers = new ArrayList<>();
            for (int writer = 0; writer < 12; writer++) {
                String body = "{\"action\": \"%d\", \"output_values\": {\"by\": \"%d\"}}".formatted(writer, writer);
                String state = seen;
                writers.add(() -> put(deployment, state, body));
            }
            List<Response> responses = Together.run(writers);
            List<Response> winners = responses.stream()
                    .filter(response -> response.statusCode() == 200)
                    .toList();
            assertEquals(1, winners.size());
            responses.stream().filter(response -> response.statusCode() != 200).forEach(this::assertPreconditionFailed);
            assertEquals(winners.get(0).asString(), given().get(deployment).asString());
            seen = tag(winners.get(0));
        }
    }

    @Test
    void appliesTheLastUnconditionalUpdateCompletely() {
        String deployment = deployments + "/" + createId(BODY);
        for (int round = 0; round < 10; round++) {
            List<Callable<Response>> writers = new ArrayList<>();
            for (int writer = 0; writer < 12; writer++) {
                String body =
                        "{\"action\": \"%d\", \"output_values\": {\"by\": \"%d\"}, \"input_values\": {\"of\": \"%d\"}}"
                                .formatted(writer, writer, writer);
                writers.add(() -> json(body).put(deployment));
            }
            List<Response> responses = Together.run(writers);
            assertEquals(
                    12,
                    responses.stream()
                            .map(ConditionalRequestTest::tag)
                            .distinct()
                            .count());
            Response last = given().get(deployment);
            assertTrue(responses.stream()
                    .anyMatch(response -> tag(response).equals(tag(last))
                            && response.asString().equals(last.asString())));
            String action = last.path("software_deployment.action");
            assertEquals(action, last.path("software_deployment.output_values.by"));
            assertEquals(action, last.path("software_deployment.input_values.of"));
        }
    }

    @Test
    void preservesAConcurrentUnconditionalUpdate() {
        Response created = create(BODY);
        String deployment = deployments + "/" + created.path("software_deployment.id");
        List<Response> responses = Together.run(
                () -> json("{\"action\": \"plain\"}").put(deployment), () -> put(deployment, tag(created), UPDATE));
        assertEquals(200, responses.get(0).statusCode());
        boolean conditionalWasFirst = responses.get(1).statusCode() == 200;
        given().get(deployment)
                .then()
                .body("software_deployment.action", equalTo("plain"))
                .body("software_deployment.status", equalTo(conditionalWasFirst ? "COMPLETE" : "IN_PROGRESS"));
    }

    private static void assertNotModified(Response response, String tag) {
        response.then()
                .statusCode(304)
                .header("ETag", tag)
                .header("Content-Length", nullValue())
                .header("Content-Type", nullValue())
                .body(emptyString());
    }

    private void assertPreconditionFailed(Response response) {
        assertFault(
                response,
                412,
                "Precondition Failed",
                "The stored resource does not meet the preconditions of the request.",
                "PreconditionFailed",
                "If-Match does not contain the current ETag of the resource; read the resource again");
    }
}
