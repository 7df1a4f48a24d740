package dev.ember.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ember.Background;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A migration that failed or was interrupted is repeated without the help of an operator. */
@QuarkusTest
class RepeatedMigrationTest extends MigrationDatabase {

    /** An interrupted index build leaves an invalid index and a failed row in the schema history. */
    @Test
    void succeedsAfterAnInterruptedIndexBuild() throws SQLException {
        migrate("11");
        recordFailure("12", "index rows by tenant", "V12__index_rows_by_tenant.sql");
        execute("create unique index software_deployment_tenant_id_id on software_deployment (tenant_id)");
        new RepeatedMigration(flyway("latest")).run();
        assertTenantFirstKeys();
    }

    @Test
    void succeedsAfterAnInterruptedContraction() throws SQLException {
        migrate("14");
        recordFailure("15", "remove what earlier services used", "V15__remove_what_earlier_services_used.sql");
        execute("drop trigger add_stack_user_tenant on software_deployment");
        execute("drop index software_deployment_id");
        new RepeatedMigration(flyway("latest")).run();
        assertTenantFirstKeys();
        assertEquals(
                Integer.toString(Schema.CONTRACTED),
                query("select max(version::int) from flyway_schema_history where success"));
    }

    @Test
    void retriesWhileAnotherClientHoldsTheLock() throws Exception {
        migrate("12");
        try (Connection connection = DriverManager.getConnection(url);
                Statement other = connection.createStatement()) {
            connection.setAutoCommit(false);
            other.execute("lock table software_deployment in row exclusive mode");
            CompletableFuture<Void> migration = Background.run(() -> new RepeatedMigration(flyway("latest")).run());
            awaitLockWait();
            Thread.sleep(4_000);
            assertEquals("12", query("select max(version::int) from flyway_schema_history where success"));
            assertFalse(migration.isDone());
            connection.commit();
            migration.get(30, TimeUnit.SECONDS);
        }
        assertTenantFirstKeys();
    }

    /** An index build continues after its service was killed. It and the repeated migration wait for each other. */
    @Test
    void retriesAfterADeadlockWithARunningIndexBuild() throws Exception {
        migrate("11");
        try (Connection connection = DriverManager.getConnection(url);
                Statement other = connection.createStatement()) {
            connection.setAutoCommit(false);
            other.execute("lock table software_deployment in row exclusive mode");
            CompletableFuture<Void> build = Background.run(this::buildIndex);
            awaitLockWait();
            CompletableFuture<Void> migration = Background.run(() -> new RepeatedMigration(flyway("latest")).run());
            awaitLockWaits(2);
            connection.commit();
            migration.get(30, TimeUnit.SECONDS);
            build.handle((done, failure) -> null).get(30, TimeUnit.SECONDS);
        }
        assertTenantFirstKeys();
    }

    private void buildIndex() {
        try {
            execute(
                    "create unique index concurrently software_deployment_tenant_id_id on software_deployment (tenant_id, id)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
