package dev.ember.deployment;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code deploy/postgresql/restored.sql} changes, for clients and agents that have seen states that are lost. */
@QuarkusTest
class RestoredDatabaseTest extends HttpTest {

    private static final Path SCRIPT = Path.of("deploy/postgresql/restored.sql");
    private static final String END_OF_TRANSACTION = "commit;";

    private String id;

    @BeforeEach
    void create() {
        id = createId("""
                {"config_id": "c", "server_id": "s", "action": "a"}""");
    }

    /** Runs the script without the commands of psql. The last statement must not run in a transaction. */
    private static void restored() throws Exception {
        String sql = Files.readString(SCRIPT).replaceAll("(?m)^(\\\\|--).*$", "");
        int end = sql.indexOf(END_OF_TRANSACTION) + END_OF_TRANSACTION.length();
        TestDatabase.execute(sql.substring(0, end));
        TestDatabase.execute(sql.substring(end));
    }

    private String update(String body) {
        return json(body)
                .put(deployments + "/" + id)
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
    }

    private ValidatableResponse events() {
        return given().get(deployments + "/" + id + "/events").then().statusCode(200);
    }

    @Test
    void givesNoLaterStateTheTagOfALostState() throws Exception {
        update("{\"status\": \"COMPLETE\"}");
        restored();
        String lost = '"' + id + ".2\"";
        assertHasNotTheTag(lost);
        update("{\"status_reason\": \"after\"}");
        assertHasNotTheTag(lost);
    }

    private void assertHasNotTheTag(String tag) {
        given().header("If-None-Match", tag).get(deployments + "/" + id).then().statusCode(200);
        json("{\"status_reason\": \"overwritten\"}")
                .header("If-Match", tag)
                .put(deployments + "/" + id)
                .then()
                .statusCode(412);
    }

    @Test
    void preservesTheEventsOfUpdates() throws Exception {
        update("{\"status_reason\": \"first\"}");
        update("{\"status_reason\": \"second\"}");
        restored();
        events().body("events.status_reason", equalTo(List.of("first", "second")));
        update("{\"status_reason\": \"third\"}");
        events().body("events.status_reason", equalTo(List.of("first", "second", "third")))
                .body("events.id", equalTo(List.of(id + ".1000001", id + ".1000002", id + ".1000003")));
    }

    @Test
    void startsNoRunThatALostUpdateHasStarted() throws Exception {
        update("{\"input_values\": {\"a\": 1}}");
        restored();
        update("{\"status_reason\": \"the same run\"}");
        update("{\"input_values\": {\"a\": 2}}");
        update("{\"input_values\": {\"a\": 3}}");
        events().body("events.run", equalTo(List.of(1, 1, 1_000_001, 1_000_002)));
    }

    @Test
    void canBeRepeated() throws Exception {
        update("{\"input_values\": {\"a\": 1}}");
        restored();
        restored();
        update("{\"input_values\": {\"a\": 2}}");
        events().body("events.id", equalTo(List.of(id + ".2000001", id + ".2000002")))
                .body("events.run", equalTo(List.of(1, 2_000_001)));
    }
}
