package dev.ember.database;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import dev.ember.Together;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The database becomes read-only for existing connections, as a primary does when it becomes a standby. */
@QuarkusTest
class ReadOnlyDatabaseTest extends HttpTest {

    private static final String BODY = """
            {"config_id": "c", "server_id": "s", "action": "a"}""";

    @AfterEach
    void becomeWritable() throws SQLException {
        setReadOnly("off");
    }

    @Test
    void rejectsWritesAndClosesTheConnections() throws Exception {
        String id = createId(BODY);
        Together.run(Collections.<Callable<Integer>>nCopies(
                8, () -> given().get(deployments).statusCode()));
        List<String> before = connections();
        setReadOnly("on");
        await(() -> create(BODY).statusCode() == 503);

        assertFault(
                        create(BODY),
                        503,
                        "Service Unavailable",
                        "The service cannot process the request at the moment.",
                        "HTTPServiceUnavailable",
                        "The database is read-only at the moment; try again later")
                .header("Retry-After", "2");
        json("{\"status\": \"FAILED\"}").put(deployments + "/" + id).then().statusCode(503);
        given().delete(deployments + "/" + id).then().statusCode(503);
        given().get(deployments + "/" + id).then().statusCode(200);
        given().get(deployments).then().statusCode(200);
        await(() -> Collections.disjoint(before, connections()));

        setReadOnly("off");
        await(() -> create(BODY).statusCode() == 200);
        assertEquals(
                200,
                json("{\"status\": \"FAILED\"}").put(deployments + "/" + id).statusCode());
    }

    private static List<String> connections() {
        return TestDatabase.query("select pid::text from pg_stat_activity where application_name = 'ember'"
                + " and backend_type = 'client backend'");
    }

    /** Takes effect in each session as soon as the session has processed the signal. */
    private static void setReadOnly(String value) throws SQLException {
        TestDatabase.execute("alter system set default_transaction_read_only = " + value);
        TestDatabase.execute("select pg_reload_conf()");
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.call()) {
            assertTrue(System.nanoTime() < end, "The condition was not met within 20 s");
            Thread.sleep(20);
        }
    }
}
