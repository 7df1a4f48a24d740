package dev.ember.database;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import dev.ember.Together;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Another client locks a row for longer than the statement timeout. */
@QuarkusTest
class LockedRowTest extends HttpTest {

    @Test
    void rejectsTheUpdateAndLeavesNothingRunningInTheDatabase() throws SQLException {
        String id = createId("{\"config_id\": \"c\", \"server_id\": \"s\", \"action\": \"a\"}");
        try (Connection connection = TestDatabase.connect();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("select 1 from software_deployment where id = '" + id + "' for update");
            assertBusy(json("{\"action\": \"b\"}").put(deployments + "/" + id));
            assertEquals(List.of(), unfinished());
        }
        given().get(deployments + "/" + id).then().statusCode(200).body("software_deployment.action", equalTo("a"));
    }

    /** This includes updates in the same batch. */
    @Test
    void doesNotBlockOtherUpdates() throws SQLException {
        String locked = createId("{\"config_id\": \"c\", \"server_id\": \"s\", \"action\": \"a\"}");
        String free = createId("{\"config_id\": \"c\", \"server_id\": \"s\", \"action\": \"a\"}");
        try (Connection connection = TestDatabase.connect();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("select 1 from software_deployment where id = '" + locked + "' for update");
            List<Callable<Response>> updates = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String id = i == 0 ? locked : free;
                updates.add(() -> json("{\"action\": \"b\"}").put(deployments + "/" + id));
            }
            List<Integer> statuses =
                    Together.run(updates).stream().map(Response::statusCode).toList();
            assertEquals(1, Collections.frequency(statuses, 503), statuses.toString());
            assertEquals(11, Collections.frequency(statuses, 200), statuses.toString());
        }
    }

    /** Returns statements that the service still runs in the database, and transactions that it left open. */
    private static List<String> unfinished() {
        return TestDatabase.query("select state || ' ' || query from pg_stat_activity"
                + " where application_name = 'ember' and state <> 'idle'");
    }

    private static void assertBusy(Response response) {
        assertUnavailable(response, "The database is busy with other requests; try again later");
    }
}
