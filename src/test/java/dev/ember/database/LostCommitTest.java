package dev.ember.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database ends the connection during a commit. */
@QuarkusTest
class LostCommitTest extends HttpTest {

    /** Ends the connection as an administrator or a shutdown does. */
    private static final String FUNCTION =
            """
            create function end_connection() returns trigger language plpgsql as
            $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$""";

    private static final String AT_COMMIT =
            """
            create constraint trigger lost_commit after insert on software_deployment
            deferrable initially deferred for each row when (new.status_reason = 'lost at commit')
            execute function end_connection()""";

    @BeforeEach
    void endConnectionsAtCommit() throws SQLException {
        TestDatabase.execute(FUNCTION);
        TestDatabase.execute(AT_COMMIT);
    }

    @AfterEach
    void dropFunction() throws SQLException {
        TestDatabase.execute("drop function end_connection cascade");
    }

    @Test
    void respondsUnavailableAndStoresNothing() {
        assertFault(
                        create(
                                """
                                {"config_id": "c", "server_id": "s", "action": "a", "status_reason": "lost at commit"}"""),
                        503,
                        "Service Unavailable",
                        "The service cannot process the request at the moment.",
                        "HTTPServiceUnavailable",
                        "The database cannot be reached; try again later")
                .header("Retry-After", "2");
        assertEquals(0, TestDatabase.deploymentsOf(tenant));
    }
}
