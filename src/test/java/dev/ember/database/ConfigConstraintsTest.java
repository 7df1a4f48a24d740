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

/** The database enforces the rules of the API for software configs, regardless of the client that writes. */
@QuarkusTest
class ConfigConstraintsTest extends HttpTest {

    private static final String NOT_NULL = "23502";
    private static final String UNIQUE = "23505";
    private static final String CHECK = "23514";
    private static final String INVALID_TEXT_REPRESENTATION = "22P02";
    private static final String TOO_LONG = "22001";

    private static final String ID = "'01a20956-f4dc-7a31-91cd-64b9d88f2add'";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {"name, null", "name, ''", "group_name, null", "config, null", "config, '5'", "options, '[]'"})
    void acceptsAValidRow(String column, String value) {
        assertDoesNotThrow(() -> TestDatabase.execute(insert(column, value)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "id, null, " + NOT_NULL,
                "id, 'x', " + INVALID_TEXT_REPRESENTATION,
                "id, upper(gen_random_uuid()::text), " + CHECK,
                "\"id\", \"replace(gen_random_uuid()::text, '-', '')\", " + CHECK,
                "tenant_id, 'a b', " + CHECK,
                "tenant_id, '', " + CHECK,
                "tenant_id, null, " + NOT_NULL,
                "\"tenant_id\", \"repeat('x', 65)\", " + TOO_LONG,
                "\"name\", \"repeat('x', 256)\", " + TOO_LONG,
                "\"group_name\", \"repeat('x', 256)\", " + TOO_LONG,
                "config, 'not JSON', " + INVALID_TEXT_REPRESENTATION,
                "inputs, null, " + NOT_NULL,
                "inputs, '{}', " + CHECK,
                "outputs, null, " + NOT_NULL,
                "outputs, '5', " + CHECK,
                "options, null, " + NOT_NULL,
                "created_at, null, " + NOT_NULL
            })
    void rejectsAnInvalidRow(String column, String value, String sqlState) {
        assertEquals(sqlState, rejection(insert(column, value)));
    }

    @Test
    void rejectsADuplicateId() throws SQLException {
        TestDatabase.execute("delete from software_config where id = " + ID);
        TestDatabase.execute(insert("id", ID));
        assertEquals(UNIQUE, rejection(insert("id", ID)));
    }

    private static String rejection(String sql) {
        return assertThrows(SQLException.class, () -> TestDatabase.execute(sql)).getSQLState();
    }

    /** Returns an insert of a valid row in which one column has another value. */
    private String insert(String column, String value) {
        Map<String, String> row = new LinkedHashMap<>(Map.of(
                "id", "gen_random_uuid()::text",
                "tenant_id", "'" + tenant + "'",
                "inputs", "'[]'",
                "outputs", "'[]'",
                "options", "'{}'",
                "created_at", "now()"));
        row.put(column, value);
        return "insert into software_config (%s) values (%s)"
                .formatted(String.join(", ", row.keySet()), String.join(", ", row.values()));
    }
}
