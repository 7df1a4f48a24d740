package dev.ember.deployment;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.ember.FailingTable;
import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import dev.ember.Together;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DeploymentEventsTest extends HttpTest {

    private static final String UNKNOWN_MARKER =
            "Data supplied was not valid: marker must be the id of an item of the list; no item has this id";

    private String id;

    @BeforeEach
    void create() {
        id = createId(
                """
                {"config_id": "c", "server_id": "s", "action": "a", "status": "FAILED", "status_reason": "first"}""");
    }

    private Response update(String body) {
        return json(body).put(deployments + "/" + id);
    }

    private void updateTimes(int number) {
        for (int i = 0; i < number; i++) {
            update("{\"status\": \"COMPLETE\"}").then().statusCode(200);
        }
    }

    private ValidatableResponse events(String query) {
        return given().get(deployments + "/" + id + "/events" + query).then().statusCode(200);
    }

    private String time(String field) {
        return given().get(deployments + "/" + id).path("software_deployment." + field);
    }

    private long storedEvents() {
        return Long.parseLong(
                TestDatabase.query("select count(*) from deployment_event where tenant_id = '" + tenant + "'")
                        .get(0));
    }

    @Test
    void returnsTheCreationOfANewDeployment() {
        events("")
                .contentType("application/json")
                .body(equalTo(
                        """
                                {"events":[{"id":"%s.0","time":"%s","type":"created","run":0,"status":"FAILED",\
                                "status_reason":"first","user_id":null,"request_id":null}]}"""
                                .formatted(id, time("creation_time"))));
        assertEquals(0, storedEvents());
    }

    @Test
    void returnsUpdatesAfterTheCreation() {
        Response updated = update("{\"status\": \"IN_PROGRESS\", \"status_reason\": \"second\"}");
        events("")
                .body(equalTo(
                        """
                                {"events":[{"id":"%1$s.0","time":"%2$s","type":"created","run":0,"status":"FAILED",\
                                "status_reason":"first","user_id":null,"request_id":null},\
                                {"id":"%1$s.1","time":"%3$s","type":"updated","run":1,"status":"IN_PROGRESS",\
                                "status_reason":"second","user_id":null,"request_id":"%4$s"}]}"""
                                .formatted(
                                        id,
                                        time("creation_time"),
                                        time("updated_time"),
                                        updated.header("X-Openstack-Request-Id"))));
        assertEquals("\"" + id + ".1\"", updated.header("ETag"));
    }

    @Test
    void storesNoEventOfARejectedUpdate() {
        json("{}")
                .header("If-Match", "\"x\"")
                .put(deployments + "/" + id)
                .then()
                .statusCode(412);
        update("{\"status\": \"DONE\"}").then().statusCode(400);
        events("").body("events", hasSize(1));
    }

    @Test
    void retainsTheCreationAmong100Events() {
        updateTimes(99);
        events("").body("events", hasSize(100)).body("events[0].type", equalTo("created"));
    }

    @Test
    void retainsTheNewest100Events() {
        updateTimes(120);
        List<String> expected =
                IntStream.rangeClosed(21, 120).mapToObj(n -> id + "." + n).toList();
        events("").body("events.id", equalTo(expected)).body("events[0].type", equalTo("updated"));
        assertEquals(100, storedEvents());
    }

    /** Another release may have updated the deployment without storing events. */
    @Test
    void returnsNoEventOfASlotThatIsTooOld() throws Exception {
        updateTimes(2);
        TestDatabase.execute("update software_deployment set version = 101 where tenant_id = '%s'".formatted(tenant));
        updateTimes(1);
        events("").body("events.id", equalTo(List.of(id + ".102")));
    }

    @Test
    void returnsPages() {
        updateTimes(4);
        events("?limit=0").body("events", equalTo(List.of()));
        events("?limit=2").body("events.id", equalTo(List.of(id + ".0", id + ".1")));
        events("?limit=2&marker=" + id + ".1").body("events.id", equalTo(List.of(id + ".2", id + ".3")));
        events("?limit=2&marker=" + id + ".3").body("events.id", equalTo(List.of(id + ".4")));
        events("?marker=" + id + ".4").body("events", equalTo(List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "%s",
                "%s.",
                "%s.1",
                "%s.-1",
                "%s.00",
                "%s.9999999999",
                "8da95794-2ad9-4979-8ae5-739ce314c5cd.0"
            })
    void rejectsAnUnknownMarker(String marker) {
        assertBadRequest(
                given().get(deployments + "/" + id + "/events?marker=" + marker.formatted(id)),
                "Invalid",
                UNKNOWN_MARKER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "8da95794-2ad9-4979-8ae5-739ce314c5cd"})
    void respondsNotFoundForAnUnknownDeployment(String unknown) {
        assertNotFound(
                given().get(deployments + "/" + unknown + "/events"),
                "NotFound",
                "Deployment with id " + unknown + " not found");
    }

    @Test
    void hidesTheEventsFromOtherTenants() {
        assertNotFound(
                given().get(deploymentsOf("other-" + tenant) + "/" + id + "/events"),
                "NotFound",
                "Deployment with id " + id + " not found");
    }

    @Test
    void showsTheEventsToTheProjectOfTheStackUser() {
        String project = "project-" + UUID.randomUUID();
        String shared = createId(
                """
                {"config_id": "c", "server_id": "s", "action": "a", "stack_user_project_id": "%s"}"""
                        .formatted(project));
        String path = deploymentsOf(project) + "/" + shared;
        json("{\"status\": \"COMPLETE\"}").put(path).then().statusCode(200);
        given().get(path + "/events").then().body("events.type", equalTo(List.of("created", "updated")));
    }

    @Test
    void returnsEventsThatAreLargerThanAChunk() {
        String reason = "\u0001".repeat(65_535);
        for (int i = 0; i < 5; i++) {
            update("{\"status_reason\": \"" + "\\u0001".repeat(65_535) + "\"}")
                    .then()
                    .statusCode(200);
        }
        events("").body("events[1..5].status_reason", equalTo(Collections.nCopies(5, reason)));
    }

    @Test
    void storesAnEventOfEachConcurrentUpdate() throws Exception {
        int number = 30;
        List<Callable<Integer>> updates = Collections.nCopies(
                number, () -> update("{\"status\": \"COMPLETE\"}").statusCode());
        assertEquals(Collections.nCopies(number, 200), Together.run(updates));
        List<String> requests = events("").extract().path("events.request_id");
        assertEquals(number + 1, requests.stream().distinct().count());
    }

    @Test
    void storesTheEventInTheTransactionOfTheUpdate() throws Exception {
        Response failed = FailingTable.always("deployment_event", tenant, "23514")
                .during(() -> update("{\"status\": \"COMPLETE\"}"));
        assertNotEquals(200, failed.statusCode());
        given().get(deployments + "/" + id).then().body("software_deployment.status", equalTo("FAILED"));
        events("").body("events", hasSize(1));
    }

    @Test
    void deletesTheEventsWithTheDeployment() {
        updateTimes(2);
        assertEquals(2, storedEvents());
        given().delete(deployments + "/" + id).then().statusCode(204);
        assertEquals(0, storedEvents());
    }
}
