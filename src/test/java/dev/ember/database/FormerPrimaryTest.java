package dev.ember.database;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FormerPrimaryTest extends HttpTest {

    private static final long ANOTHER_SYSTEM = 1;
    private static final int NEWER = 99;

    @Inject
    FormerPrimary formerPrimary;

    /** The timelines of another system say nothing about those of the test database. */
    @AfterEach
    void useAnotherSystem() {
        formerPrimary.isFormer(ANOTHER_SYSTEM, 1);
    }

    @Test
    void rejectsOlderTimelinesOfTheSameSystemOnly() {
        assertFalse(formerPrimary.isFormer(ANOTHER_SYSTEM, 2));
        assertFalse(formerPrimary.isFormer(ANOTHER_SYSTEM, 2));
        assertFalse(formerPrimary.isFormer(ANOTHER_SYSTEM, 3));
        assertTrue(formerPrimary.isFormer(ANOTHER_SYSTEM, 2));
        assertFalse(formerPrimary.isFormer(ANOTHER_SYSTEM, 3));
        assertFalse(formerPrimary.isFormer(ANOTHER_SYSTEM + 1, 1));
    }

    @Test
    void closesTheConnectionToAFormerPrimary() throws SQLException {
        try (Connection accepted = TestDatabase.connect();
                Connection rejected = TestDatabase.connect()) {
            formerPrimary.onConnectionCreate(accepted);
            assertFalse(accepted.isClosed());

            formerPrimary.isFormer(system(), NEWER);

            RuntimeException rejection =
                    assertThrows(IllegalStateException.class, () -> formerPrimary.onConnectionCreate(rejected));
            assertEquals(DatabaseFailure.UNREACHABLE, DatabaseFailure.of(rejection));
            assertTrue(rejected.isClosed());
        }
    }

    @Test
    void closesOlderConnectionsAfterAFailover() throws Exception {
        assertEquals(200, given().get(deployments).statusCode());
        List<String> before = connections();

        formerPrimary.isFormer(ANOTHER_SYSTEM, 1);
        formerPrimary.isFormer(ANOTHER_SYSTEM, 2);

        long end = System.nanoTime() + 20_000_000_000L;
        while (!Collections.disjoint(before, connections())) {
            assertTrue(System.nanoTime() < end, "The connections were not closed within 20 s");
            Thread.sleep(20);
        }
        assertEquals(200, given().get(deployments).statusCode());
    }

    private static long system() {
        return Long.parseLong(TestDatabase.query("select system_identifier from pg_control_system()")
                .get(0));
    }

    private static List<String> connections() {
        return TestDatabase.query("select pid::text from pg_stat_activity where application_name = 'ember'"
                + " and backend_type = 'client backend'");
    }
}
