package dev.ember.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class ConnectionSettingsTest {

    @Inject
    DataSource database;

    @ParameterizedTest
    @CsvSource({
        "statement_timeout, 1400ms",
        "lock_timeout, 1300ms",
        "idle_in_transaction_session_timeout, 5s",
        "plan_cache_mode, force_generic_plan",
        "enable_seqscan, off",
        "enable_bitmapscan, off",
        "enable_hashjoin, off",
        "enable_mergejoin, off",
        "enable_material, off",
        "jit, off"
    })
    void appliesEachSettingToConnections(String setting, String value) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show " + setting)) {
            assertTrue(rows.next());
            assertEquals(value, rows.getString(1));
        }
    }
}
