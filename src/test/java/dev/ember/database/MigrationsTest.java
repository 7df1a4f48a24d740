package dev.ember.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was stored before a migration is there after it. */
@QuarkusTest
class MigrationsTest extends HttpTest {

    private final String database = "migrations_" + UUID.randomUUID().toString().substring(0, 8);

    private String url;

    @BeforeEach
    void createDatabase() throws SQLException {
        TestDatabase.execute("create database " + database);
        try (Connection connection = TestDatabase.connect()) {
            url = connection.getMetaData().getURL().replace("/postgres?", "/" + database + "?");
        }
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        TestDatabase.execute("drop database " + database + " with (force)");
    }

    @Test
    void keepDeploymentsOfTheFirstVersion() throws SQLException {
        migrate("1");
        assertEquals(
                "s",
                query(
                        """
                        insert into software_deployment (id, tenant_id, config_id, server_id, action, status,
                         input_values, created_at, updated_at)
                        values ('01a20956-f4dc-7a31-91cd-64b9d88f2add', 't', 'c', 's', 'a', 'COMPLETE', '{"i": [1]}',
                         now(), now())
                        returning server_id"""));
        migrate("latest");
        assertEquals(
                "t c s a COMPLETE {\"i\": [1]}",
                query(
                        """
                        select concat_ws(' ', tenant_id, config_id, server_id, action, status, input_values,
                         output_values) from software_deployment"""));
        assertEquals("json", query("select pg_typeof(input_values) from software_deployment"));
    }

    @Test
    void lowerTheCaseOfConfigIdsThatAreUuids() throws SQLException {
        migrate("7");
        query(
                """
                insert into software_deployment (id, tenant_id, config_id, server_id, action, status, created_at, updated_at)
                values (gen_random_uuid(), 't', '8DA95794-2ad9-4979-8AE5-739CE314C5CD', 's', 'a', 'COMPLETE', now(), now()),
                 (gen_random_uuid(), 't', '8da95794-2ad9-4979-8ae5-739ce314c5cd', 's', 'a', 'COMPLETE', now(), now()),
                 (gen_random_uuid(), 't', 'NOT-A-UUID', 's', 'a', 'COMPLETE', now(), now()),
                 (gen_random_uuid(), 't', '8DA957942AD949798AE5739CE314C5CD', 's', 'a', 'COMPLETE', now(), now())
                returning server_id""");
        migrate("latest");
        assertEquals(
                "8DA957942AD949798AE5739CE314C5CD 0, 8da95794-2ad9-4979-8ae5-739ce314c5cd 0,"
                        + " 8da95794-2ad9-4979-8ae5-739ce314c5cd 1, NOT-A-UUID 0",
                query(
                        """
                        select string_agg(config_id || ' ' || version, ', ' order by config_id collate "C", version)
                        from software_deployment"""));
    }

    @Test
    void areDoneOnce() throws SQLException {
        assertTrue(migrate("latest") > 0);
        assertEquals(0, migrate("latest"));
    }

    private int migrate(String version) {
        return Flyway.configure()
                .dataSource(url, "postgres", "postgres")
                .locations("filesystem:src/main/resources/db/migration")
                .target(version)
                .load()
                .migrate()
                .migrationsExecuted;
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
