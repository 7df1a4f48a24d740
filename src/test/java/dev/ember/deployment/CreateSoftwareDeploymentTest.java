package dev.ember.deployment;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CreateSoftwareDeploymentTest extends HttpTest {

    private static final String SMALLEST = """
            {"config_id": "c", "server_id": "s", "action": "a"}""";

    @Test
    void respondsToThePublishedExampleAsPublished() {
        Response response = create(
                """
                {"status": "IN_PROGRESS", "server_id": "ec14c864-096e-4e27-bb8a-2c2b4dc6f3f5",
                 "config_id": "8da95794-2ad9-4979-8ae5-739ce314c5cd",
                 "stack_user_project_id": "c024bfada67845ddb17d2b0c0be8cd79",
                 "action": "CREATE", "status_reason": "Deploy data available"}""");

        response.then().statusCode(200).contentType("application/json");
        String id = response.path("software_deployment.id");
        String time = response.path("software_deployment.creation_time");
        String expected =
                """
                {"software_deployment":{"id":"%s","server_id":"ec14c864-096e-4e27-bb8a-2c2b4dc6f3f5",\
                "config_id":"8da95794-2ad9-4979-8ae5-739ce314c5cd","action":"CREATE","status":"IN_PROGRESS",\
                "status_reason":"Deploy data available","input_values":null,"output_values":null,\
                "creation_time":"%s","updated_time":"%s"}}"""
                        .formatted(id, time, time);
        assertEquals(expected, response.asString());
        assertEquals(7, UUID.fromString(id).version());
        assertEquals(20, time.length());
        assertThat(Duration.between(Instant.parse(time), Instant.now()).abs().toMinutes(), is(0L));
        assertEquals(expected, json("").get(deployments + "/" + id).asString());
    }

    @Test
    void storesTheRow() {
        create(SMALLEST).then().statusCode(200);
        assertEquals(1, TestDatabase.deploymentsOf(tenant));
    }

    @Test
    void startsInProgressWithoutReasonAndValues() {
        create(SMALLEST)
                .then()
                .statusCode(200)
                .body("software_deployment.size()", equalTo(10))
                .body("software_deployment.status", equalTo("IN_PROGRESS"))
                .body("software_deployment.status_reason", nullValue())
                .body("software_deployment.input_values", nullValue())
                .body("software_deployment.output_values", nullValue());
    }

    @Test
    void treatsNullAsAMissingField() {
        create(
                        """
                {"config_id": "c", "server_id": "s", "action": "a", "status": null, "status_reason": null,
                 "input_values": null, "stack_user_project_id": null}""")
                .then()
                .statusCode(200)
                .body("software_deployment.status", equalTo("IN_PROGRESS"))
                .body("software_deployment.status_reason", nullValue())
                .body("software_deployment.input_values", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"IN_PROGRESS", "COMPLETE", "FAILED"})
    void acceptsEachStatus(String status) {
        create("""
                {"config_id": "c", "server_id": "s", "action": "a", "status": "%s"}"""
                        .formatted(status))
                .then()
                .statusCode(200)
                .body("software_deployment.status", equalTo(status));
    }

    @Test
    void ignoresUnknownFields() {
        create(
                        """
                {"config_id": "c", "server_id": "s", "action": "a", "id": "mine", "tenant": "other",
                 "creation_time": 5, "output_values": {"a": 1}, "nonesuch": [[]]}""")
                .then()
                .statusCode(200)
                .body("software_deployment.size()", equalTo(10))
                .body("software_deployment.output_values", nullValue());
        assertEquals(1, TestDatabase.deploymentsOf(tenant));
    }

    @Test
    void returnsEmojiAndCountsCharactersNotBytes() {
        String longest = "🎉".repeat(255);
        create(
                        """
                {"config_id": "%s", "server_id": "%s", "action": "%s", "stack_user_project_id": "%s",
                 "status_reason": "%s"}"""
                                .formatted(longest, longest, longest, "🎉".repeat(64), "й".repeat(65_535)))
                .then()
                .statusCode(200)
                .body("software_deployment.config_id", equalTo(longest))
                .body("software_deployment.server_id", equalTo(longest))
                .body("software_deployment.action", equalTo(longest))
                .body("software_deployment.status_reason", equalTo("й".repeat(65_535)));
    }

    @Test
    void usesTheLastOfDuplicateKeys() {
        create(
                        """
                {"action": 5, "config_id": "c", "server_id": "s", "action": "a", "config_id": "d"}""")
                .then()
                .statusCode(200)
                .body("software_deployment.config_id", equalTo("d"))
                .body("software_deployment.action", equalTo("a"));
    }

    @Test
    void returnsInputValuesWithEveryDigit() {
        Response response = create(
                """
                {"config_id": "c", "server_id": "s", "action": "a",
                 "input_values": {"b": 12345678901234567890.10, "a": [1e3, -1.5E-3, true, null, {"": "x"}]}}""");
        response.then().statusCode(200);
        String stored = """
                {"b":12345678901234567890.10,"a":[1E+3,-0.0015,true,null,{"":"x"}]}""";
        assertThat(response.asString(), containsString(stored));
        given().get(deployments + "/" + response.path("software_deployment.id"))
                .then()
                .body(containsString(stored));
    }

    @Test
    void assignsIdsInOrderOfCreation() {
        String earlier = create(SMALLEST).path("software_deployment.id");
        String later = create(SMALLEST).path("software_deployment.id");
        assertThat(later, greaterThan(earlier));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "Application/JSON;charset=latin-1", "text/plain", "text/plain; charset=x", ""
            })
    void readsJsonAndPlainTextAsJson(String contentType) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(deployments))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(SMALLEST));
        assertEquals(200, send(request).statusCode());
    }

    @Test
    void readsABodyWithoutContentType() {
        assertEquals(
                200,
                send(HttpRequest.newBuilder(uri(deployments)).POST(BodyPublishers.ofString(SMALLEST)))
                        .statusCode());
    }

    @Test
    void readsAChunkedBody() {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(deployments))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(" \n" + SMALLEST)));
        assertEquals(200, send(request).statusCode());
        assertEquals(1, TestDatabase.deploymentsOf(tenant));
    }

    @Test
    void readsABodyOfExactlyTheMaximumSize() {
        String body = """
                {"config_id": "c", "server_id": "s", "action": "a", "padding": "%s"}""";
        int padding = 1_048_576 - body.length() + "%s".length();
        create(body.formatted("x".repeat(padding))).then().statusCode(200);
    }

    @Test
    void respondsInJsonRegardlessOfAccept() {
        json(SMALLEST)
                .accept("text/html")
                .post(deployments)
                .then()
                .statusCode(200)
                .contentType("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A-_9", "0123456789012345678901234567890123456789012345678901234567890123"})
    void acceptsEveryValidTenantId(String id) {
        json(SMALLEST).post("/v1/" + id + "/software_deployments").then().statusCode(200);
    }

    @Test
    void neverReturnsTheStackUserProject() {
        String body =
                """
                {"config_id": "c", "server_id": "s", "action": "a", "stack_user_project_id": "hidden-project"}""";
        assertFalse(create(body).asString().contains("hidden-project"));
    }
}
