package dev.ember.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.Background;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations preserve the stored rows. */
@QuarkusTest
class MigrationsTest extends MigrationDatabase {

    @Test
    void preserveDeploymentsOfTheFirstVersion() throws SQLException {
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
    void convertConfigIdsThatAreUuidsToLowerCase() throws SQLException {
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

    /**
     * A database in use is only expanded. The expanded and the contracted schema have the same rows and the same
     * directory.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void changeKeysToTenantFirstFromEveryVersion(int version) throws SQLException {
        migrate(Integer.toString(version));
        query(
                """
                insert into software_deployment (id, tenant_id, stack_user_project_id, config_id, server_id, action, status,
                 created_at, updated_at)
                select gen_random_uuid(), tenant, project, 'c', 's', 'a', 'COMPLETE', now(), now()
                from (values ('t', null), ('t', 'p'), ('t', 'p'), ('t', 't'), ('u', 'p'), ('u', 'q')) as v (tenant, project)
                returning server_id""");
        migrate("14");
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
                        + " software_deployment_server_in_progress, software_deployment_stack_user",
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
        assertTenantFirstKeys();
    }

    /** A request that uses both tables acquires its locks while a step of the migration waits for one of them. */
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
            migration = Background.supply(() -> migrate(versions.split(" ")[1]));
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
    void runOnce() throws SQLException {
        assertTrue(migrate("latest") > 0);
        assertEquals(0, migrate("latest"));
    }
}
