package dev.ember.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.FailingTable;
import dev.ember.HttpTest;
import dev.ember.Metrics;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class DatabaseMetricsTest extends HttpTest {

    private static final String BODY = "{\"config_id\": \"c\", \"server_id\": \"s\", \"action\": \"a\"}";

    @ParameterizedTest
    @CsvSource({"08006, unreachable", "40001, busy", "25006, read_only", "42501, misconfigured", "P0001, defect"})
    void countsAFailureByTheStateOfTheDatabase(String sqlState, String state) throws SQLException {
        String series = "ember_database_failures_total{state=\"" + state + "\"";
        double all = Metrics.sum("ember_database_failures_total");
        double ofState = Metrics.sum(series);
        FailingTable.always("software_deployment", tenant, sqlState).during(() -> create(BODY));
        assertEquals(ofState + 1, Metrics.sum(series));
        assertEquals(all + 1, Metrics.sum("ember_database_failures_total"));
    }

    @Test
    void countsNoFailureForARejectedRequest() {
        double all = Metrics.sum("ember_database_failures_total");
        create("{}").then().statusCode(400);
        assertEquals(all, Metrics.sum("ember_database_failures_total"));
    }

    @Test
    void supportsTheSchema() {
        createId(BODY);
        assertEquals(1, Metrics.sum("ember_schema_supported"));
    }

    @Test
    void showsAConnectionInUse() throws SQLException, InterruptedException {
        createId(BODY);
        assertTrue(Metrics.sum("ember_database_connections{state=\"idle\"") > 0);
        assertEquals(0, Metrics.sum("ember_database_connection_waiters"));
        CompletableFuture<Integer> blocked;
        try (Connection connection = TestDatabase.connect();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("lock table software_deployment in access exclusive mode");
            blocked = CompletableFuture.supplyAsync(() -> create(BODY).statusCode());
            double active = 0;
            for (int i = 0; i < 100 && active == 0; i++) {
                Thread.sleep(10);
                active = Metrics.sum("ember_database_connections{state=\"active\"");
            }
            assertTrue(active > 0);
        }
        assertEquals(200, blocked.join());
    }
}
