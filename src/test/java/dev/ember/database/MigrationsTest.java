package dev.ember.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** A database that is in use is only expanded; both states have the same rows and the same directory. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void putTheTenantFirstFromEveryVersion(int version) throws SQLException {
        migrate(Integer.toString(version));
        query(
                """
                insert into software_deployment (id, tenant_id, stack_user_project_id, config_id, server_id, action, status,
                 created_at, updated_at)
                select gen_random_uuid(), tenant, project, 'c', 's', 'a', 'COMPLETE', now(), now()
                from (values ('t', null), ('t', 'p'), ('t', 'p'), ('t', 't'), ('u', 'p'), ('u', 'q')) as v (tenant, project)
                returning server_id""");
        migrate(Integer.toString(Schema.VERSION));
        assertTenantFirst("t, u", "p t, p u, q u");
        assertEquals(
                "-0.05",
                query(
                        """
                        select string_agg(distinct n_distinct::text, ', ') from pg_stats
                        where tablename = 'software_deployment'
                        and attname in ('server_id', 'config_id', 'stack_user_project_id')"""));
        query(
                """
                insert into software_deployment (id, tenant_id, stack_user_project_id, config_id, server_id, action, status,
                 created_at, updated_at)
                values (gen_random_uuid(), 'v', 'p', 'c', 's', 'a', 'COMPLETE', now(), now()),
                 (gen_random_uuid(), 'v', 'v', 'c', 's', 'a', 'COMPLETE', now(), now()) returning server_id""");
        assertTenantFirst("t, u", "p t, p u, p v, q u");
        migrate("latest");
        assertTenantFirst("t, u, v", "p t, p u, p v, q u");
        assertEquals(
                "software_deployment_config, software_deployment_config_failed, software_deployment_not_complete,"
                        + " software_deployment_pkey, software_deployment_server, software_deployment_server_failed,"
                        + " software_deployment_stack_user",
                query(
                        """
                        select string_agg(indexname, ', ' order by indexname) from pg_indexes
                        where tablename = 'software_deployment'"""));
        assertEquals("0", query("select count(*) from pg_trigger where not tgisinternal"));
        assertEquals("14", query("select oldest_version from schema_compatibility"));
    }

    private void assertTenantFirst(String tenants, String directory) throws SQLException {
        assertEquals(tenants, query("select string_agg(id, ', ' order by id) from tenant"));
        assertEquals(
                directory,
                query(
                        """
                        select string_agg(project_id || ' ' || tenant_id, ', ' order by project_id, tenant_id)
                        from stack_user_tenant"""));
        assertKeys();
    }

    private void assertKeys() throws SQLException {
        for (String table : List.of("software_deployment", "software_config")) {
            assertEquals(
                    "PRIMARY KEY (tenant_id, id)",
                    query("select pg_get_constraintdef(oid) from pg_constraint where contype = 'p' and conrelid = '"
                            + table + "'::regclass"));
        }
        assertEquals("0", query("select count(*) from pg_index where not indisvalid"));
    }

    /** An index build that was interrupted leaves an invalid index, and a row in the history that says so. */
    @Test
    void canBeRepeatedAfterAnInterruptedIndexBuild() throws SQLException {
        migrate("11");
        recordFailure("12", "index rows by tenant", "V12__index_rows_by_tenant.sql");
        execute("create unique index software_deployment_tenant_id_id on software_deployment (tenant_id)");
        new RepeatedMigration(flyway("latest")).run();
        assertKeys();
    }

    @Test
    void canBeRepeatedAfterAnInterruptedContraction() throws SQLException {
        migrate(Integer.toString(Schema.VERSION));
        recordFailure("15", "remove what earlier services used", "V15__remove_what_earlier_services_used.sql");
        execute("drop trigger add_stack_user_tenant on software_deployment");
        execute("drop index software_deployment_id");
        new RepeatedMigration(flyway("latest")).run();
        assertKeys();
        assertEquals("15", query("select max(version::int) from flyway_schema_history where success"));
    }

    /** A request that uses both tables gets its locks while a step of the migration waits for one of them. */
    @ParameterizedTest
    @ValueSource(strings = {"12 14", "14 15"})
    void lockOneTableAtATime(String versions) throws Exception {
        migrate(versions.split(" ")[0]);
        execute(
                """
                insert into software_config (id, tenant_id, name, inputs, outputs, options, created_at)
                values ('8da95794-2ad9-4979-8ae5-739ce314c5cd', 't', 'n', '[]', '[]', '{}', now())""");
        CompletableFuture<Integer> migration;
        try (Connection connection = DriverManager.getConnection(url);
                Statement request = connection.createStatement()) {
            connection.setAutoCommit(false);
            request.execute("select 1 from software_config where tenant_id = 't' for key share");
            migration = CompletableFuture.supplyAsync(() -> migrate(versions.split(" ")[1]));
            awaitLockWait();
            request.execute("set local lock_timeout = '500ms'");
            request.execute(
                    """
                    insert into software_deployment (id, tenant_id, config_id, server_id, action, status, created_at,
                     updated_at)
                    values (gen_random_uuid(), 't', '8da95794-2ad9-4979-8ae5-739ce314c5cd', 's', 'a', 'COMPLETE', now(),
                     now())""");
            connection.commit();
        }
        assertTrue(migration.get(30, TimeUnit.SECONDS) > 0);
        assertEquals("1", query("select count(*) from software_deployment"));
    }

    @Test
    void areTriedAgainWhenAnotherClientHoldsTheLock() throws Exception {
        migrate("12");
        try (Connection connection = DriverManager.getConnection(url);
                Statement other = connection.createStatement()) {
            connection.setAutoCommit(false);
            other.execute("lock table software_deployment in row exclusive mode");
            CompletableFuture<Void> migration =
                    CompletableFuture.runAsync(() -> new RepeatedMigration(flyway("latest")).run());
            awaitLockWait();
            Thread.sleep(4_000);
            assertEquals("12", query("select max(version::int) from flyway_schema_history where success"));
            assertFalse(migration.isDone());
            connection.commit();
            migration.get(30, TimeUnit.SECONDS);
        }
        assertKeys();
    }

    private void awaitLockWait() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while ("0"
                .equals(
                        query(
                                """
                                select count(*) from pg_stat_activity
                                where datname = current_database() and wait_event_type = 'Lock'"""))) {
            assertTrue(System.nanoTime() < end, "nothing waits for a lock");
            Thread.sleep(20);
        }
    }

    private void recordFailure(String version, String description, String script) throws SQLException {
        execute(
                """
                insert into flyway_schema_history
                select %1$s, '%1$s', '%2$s', type, '%3$s', null, installed_by, installed_on, 0, false
                from flyway_schema_history where version = '11'"""
                        .formatted(version, description, script));
    }

    @Test
    void areDoneOnce() throws SQLException {
        assertTrue(migrate("latest") > 0);
        assertEquals(0, migrate("latest"));
    }

    private int migrate(String version) {
        return flyway(version).migrate().migrationsExecuted;
    }

    private Flyway flyway(String version) {
        return Flyway.configure()
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .dataSource(url, "postgres", "postgres")
                .locations("filesystem:src/main/resources/db/migration")
                .target(version)
                .load();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
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
