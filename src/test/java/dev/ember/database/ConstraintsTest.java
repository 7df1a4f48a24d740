package dev.ember.database;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database enforces the rules of the API for deployments, regardless of the client that writes. */
@QuarkusTest
class ConstraintsTest extends HttpTest {

    private static final String NOT_NULL = "23502";
    private static final String CHECK = "23514";
    private static final String TOO_LONG = "22001";

    @Test
    void acceptsAValidRow() {
        assertDoesNotThrow(() -> TestDatabase.execute(insert("status", "'FAILED'")));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "tenant_id, 'a b', " + CHECK,
                "tenant_id, '', " + CHECK,
                "tenant_id, null, " + NOT_NULL,
                "config_id, ' ', " + CHECK,
                "server_id, '', " + CHECK,
                "action, null, " + NOT_NULL,
                "status, 'DONE', " + CHECK,
                "status, null, " + NOT_NULL,
                "input_values, '[]', " + CHECK,
                "output_values, '1', " + CHECK,
                "\"config_id\", \"repeat('x', 256)\", " + TOO_LONG,
                "\"stack_user_project_id\", \"repeat('x', 65)\", " + TOO_LONG,
                "\"status_reason\", \"repeat('x', 65536)\", " + TOO_LONG
            })
    void rejectsAnInvalidRow(String column, String value, String sqlState) {
        SQLException rejection = assertThrows(SQLException.class, () -> TestDatabase.execute(insert(column, value)));
        assertEquals(sqlState, rejection.getSQLState());
    }

    /** Returns an insert of a valid row in which one column has another value. */
    private String insert(String column, String value) {
        Map<String, String> row = new LinkedHashMap<>(Map.of(
                "id", "gen_random_uuid()",
                "tenant_id", "'" + tenant + "'",
                "config_id", "'c'",
                "server_id", "'s'",
                "action", "'a'",
                "status", "'COMPLETE'",
                "created_at", "now()",
                "updated_at", "now()"));
        row.put(column, value);
        return "insert into software_deployment (%s) values (%s)"
                .formatted(String.join(", ", row.keySet()), String.join(", ", row.values()));
    }
}
