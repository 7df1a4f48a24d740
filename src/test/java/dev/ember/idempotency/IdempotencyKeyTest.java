package dev.ember.idempotency;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ember.Background;
import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import dev.ember.Together;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class IdempotencyKeyTest extends HttpTest {

    private static final String BODY =
            """
            {"config_id": "c", "server_id": "s", "action": "a", "input_values": {"b": 1.50, "a": "ä 😀"}}""";
    private static final String OTHER_BODY = """
            {"config_id": "c", "server_id": "s", "action": "b"}""";

    private final String key = UUID.randomUUID().toString();

    private Response send(String path, String sentKey, String body) {
        return json(body).header("Idempotency-Key", sentKey).post(path);
    }

    @Test
    void returnsTheStoredResponseOnReplay() {
        Response first = send(deployments, key, BODY);
        Response second = send(deployments, key, BODY);
        assertEquals(200, first.statusCode());
        assertNull(first.header("Idempotency-Replayed"));
        second.then().statusCode(200).contentType("application/json").header("Idempotency-Replayed", "true");
        assertEquals(first.asString(), second.asString());
        assertEquals(1, TestDatabase.deploymentsOf(tenant));
    }

    @Test
    void respondsToTheFirstRequestAsWithoutAKey() {
        Response with = send(deployments, key, BODY);
        Response without = create(BODY);
        String id = without.path("software_deployment.id");
        String times = "_time\":\"[^\"]*";
        assertEquals(
                without.asString().replaceAll(times, ""),
                with.asString()
                        .replace(with.path("software_deployment.id").toString(), id)
                        .replaceAll(times, ""));
    }

    @Test
    void returnsTheStoredResponseAfterTheDeploymentIsDeleted() {
        Response first = send(deployments, key, BODY);
        given().delete(deployments + "/" + first.path("software_deployment.id"))
                .then()
                .statusCode(204);
        assertEquals(first.asString(), send(deployments, key, BODY).asString());
        assertEquals(0, TestDatabase.deploymentsOf(tenant));
    }

    @Test
    void rejectsAReusedKeyWithAnotherBody() {
        send(deployments, key, BODY).then().statusCode(200);
        assertReused(send(deployments, key, OTHER_BODY));
        assertReused(send(deployments, key, BODY + " "));
        assertEquals(1, TestDatabase.deploymentsOf(tenant));
    }

    @Test
    void rejectsAReusedKeyForAnotherOperation() {
        send(deployments, key, BODY).then().statusCode(200);
        assertReused(send(configs, key, BODY));
    }

    @Test
    void returnsTheStoredResponseForConfigs() {
        Response first = send(configs, key, "{\"name\": \"n\", \"config\": \"echo\"}");
        Response second = send(configs, key, "{\"name\": \"n\", \"config\": \"echo\"}");
        second.then().statusCode(200).header("Idempotency-Replayed", "true");
        assertEquals(first.asString(), second.asString());
        assertReused(send(configs, key, "{\"name\": \"m\"}"));
        given().get(configs).then().body("software_configs.size()", equalTo(1));
    }

    @Test
    void createsAnotherDeploymentForAnotherKey() {
        String first = send(deployments, key, BODY).path("software_deployment.id");
        String second = send(deployments, key + "x", BODY).path("software_deployment.id");
        assertNotEquals(first, second);
    }

    @Test
    void tenantsDoNotShareKeys() {
        String other = "other-" + tenant.substring(0, 40);
        send(deployments, key, BODY).then().statusCode(200);
        send(deploymentsOf(other), key, OTHER_BODY)
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", nullValue())
                .body("software_deployment.action", equalTo("b"));
    }

    @Test
    void createsOneDeploymentForConcurrentRequests() {
        for (int round = 0; round < 5; round++) {
            String shared = key + round;
            List<Response> responses =
                    Together.run(Collections.<Callable<Response>>nCopies(24, () -> send(deployments, shared, BODY)));
            List<Response> first = new ArrayList<>();
            for (Response response : responses) {
                if (response.statusCode() == 409) {
                    assertInUse(response);
                } else if (response.statusCode() != 200 || response.header("Idempotency-Replayed") == null) {
                    first.add(response);
                }
            }
            assertEquals(1, first.size());
            assertEquals(200, first.get(0).statusCode());
            responses.stream()
                    .filter(response -> response.statusCode() == 200)
                    .forEach(response -> assertEquals(first.get(0).asString(), response.asString()));
            assertEquals(round + 1, TestDatabase.deploymentsOf(tenant));
        }
    }

    @Test
    void rejectsTheKeyOfAnInFlightRequest() throws SQLException {
        try (Connection connection = TestDatabase.connect();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("lock table software_deployment in exclusive mode");
            CompletableFuture<Response> first = Background.supply(() -> send(deployments, key, BODY));
            List<String> waiting = List.of();
            while (waiting.isEmpty() && !first.isDone()) {
                waiting = TestDatabase.query(
                        "select query from pg_stat_activity where application_name = 'ember' and wait_event_type = 'Lock'");
            }
            Response second = send(deployments, key, BODY);
            connection.rollback();
            assertInUse(second);
            assertEquals(200, first.join().statusCode());
            assertEquals(first.join().asString(), send(deployments, key, BODY).asString());
        }
    }

    @Test
    void acceptsAnExpiredKeyForANewRequest() throws SQLException {
        send(deployments, key, BODY).then().statusCode(200);
        age("23 hours 59 minutes");
        send(deployments, key, BODY).then().statusCode(200).header("Idempotency-Replayed", "true");
        age("24 hours");
        Response repeated = send(deployments, key, OTHER_BODY);
        repeated.then().statusCode(200).header("Idempotency-Replayed", nullValue());
        assertEquals(repeated.asString(), send(deployments, key, OTHER_BODY).asString());
        assertEquals(2, TestDatabase.deploymentsOf(tenant));
    }

    private void age(String interval) throws SQLException {
        TestDatabase.execute("update idempotency_key set created_at = now() - interval '%s' where tenant_id = '%s'"
                .formatted(interval, tenant));
    }

    @Test
    void storesNoResponseOfAFailedRequest() {
        send(deployments, key, "{\"config_id\": \"c\"}").then().statusCode(400);
        send(deployments, key, BODY).then().statusCode(200).header("Idempotency-Replayed", nullValue());
    }

    @Test
    void ignoresTheQuotesOfAStructuredField() {
        Response first = send(deployments, "\"" + key + "\"", BODY);
        assertEquals(200, first.statusCode());
        assertEquals(first.asString(), send(deployments, key, BODY).asString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"\"a \\\" \\\\ b\" | a \" \\ b", "! | \"!\"", "a, b | \"a, b\""})
    void treatsBareAndQuotedKeysAsEqual(String one, String other) {
        Response first = send(deployments, one, BODY);
        assertEquals(200, first.statusCode(), first.asString());
        assertEquals(first.asString(), send(deployments, other, BODY).asString());
    }

    @Test
    void rejectsAKeyOfMoreThan255Characters() {
        String longest = "k".repeat(255);
        send(deployments, longest, BODY).then().statusCode(200);
        send(deployments, "\"" + longest + "\"", BODY).then().statusCode(200).header("Idempotency-Replayed", "true");
        assertMalformed(send(deployments, longest + "k", BODY));
        assertMalformed(send(deployments, "\"k" + longest + "\"", BODY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "\"", "\"a", "\"a\"b\"", "\"a\\b\"", "\"a\";b=1", "\"a\", \"b\"", "a\tb"})
    void rejectsMalformedIdempotencyKeys(String malformed) {
        assertMalformed(send(deployments, malformed, BODY));
        assertEquals(0, TestDatabase.deploymentsOf(tenant));
    }

    @Test
    void rejectsMoreThanOneKey() {
        assertMalformed(json(BODY).header("Idempotency-Key", key, key).post(deployments));
    }

    @Test
    void ignoresTheKeyOnOtherOperations() {
        String id = createId(BODY);
        given().header("Idempotency-Key", "").get(deployments + "/" + id).then().statusCode(200);
    }

    private static void assertMalformed(Response response) {
        assertBadRequest(
                response,
                "HTTPBadRequest",
                "Idempotency-Key must be sent once, with 1 to 255 printable ASCII characters, with or without quotes");
    }

    private static void assertReused(Response response) {
        assertConflict(
                        response,
                        "IdempotencyKeyReused",
                        "This Idempotency-Key was used for a different request; use a new key for each request")
                .header("Retry-After", nullValue());
    }

    private static void assertInUse(Response response) {
        assertConflict(
                        response,
                        "IdempotencyKeyInUse",
                        "A request with this Idempotency-Key is still in progress; repeat it later to get its response")
                .header("Retry-After", "1");
    }

    private static ValidatableResponse assertConflict(Response response, String type, String message) {
        return assertFault(
                response, 409, "Conflict", "There was a conflict when trying to complete your request.", type, message);
    }
}
