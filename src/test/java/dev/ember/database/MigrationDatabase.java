package dev.ember.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Creates a new database for each test of migrations. */
abstract class MigrationDatabase extends HttpTest {

    private final String database = "migrations_" + UUID.randomUUID().toString().substring(0, 8);

    String url;

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

    int migrate(String version) {
        return flyway(version).migrate().migrationsExecuted;
    }

    Flyway flyway(String version) {
        return Flyway.configure()
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .dataSource(url, "postgres", "postgres")
                .locations("filesystem:src/main/resources/db/migration")
                .target(version)
                .load();
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    void recordFailure(String version, String description, String script) throws SQLException {
        execute(
                """
                insert into flyway_schema_history
                select %1$s, '%1$s', '%2$s', type, '%3$s', null, installed_by, installed_on, 0, false
                from flyway_schema_history where version = '11'"""
                        .formatted(version, description, script));
    }

    void assertTenantFirstKeys() throws SQLException {
        for (String table : List.of("software_deployment", "software_config")) {
            assertEquals(
                    "PRIMARY KEY (tenant_id, id)",
                    query("select pg_get_constraintdef(oid) from pg_constraint where contype = 'p' and conrelid = '"
                            + table + "'::regclass"));
        }
        assertEquals("0", query("select count(*) from pg_index where not indisvalid"));
    }

    void awaitLockWait() throws Exception {
        awaitLockWaits(1);
    }

    void awaitLockWaits(int number) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (Integer.parseInt(
                        query(
                                """
                                select count(*) from pg_stat_activity
                                where datname = current_database() and wait_event_type = 'Lock'"""))
                < number) {
            assertTrue(System.nanoTime() < end, "too few sessions wait for a lock");
            Thread.sleep(20);
        }
    }
}
