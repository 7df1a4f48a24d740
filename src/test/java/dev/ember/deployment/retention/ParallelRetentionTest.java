package dev.ember.deployment.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import dev.ember.Together;
import dev.ember.audit.AuditLines;
import dev.ember.audit.AuditLog;
import dev.ember.database.Statements;
import dev.ember.deployment.DeploymentChangeLog;
import dev.ember.deployment.DeploymentEvents;
import dev.ember.housekeeping.HousekeepingTask;
import dev.ember.quota.QuotaUsage;
import dev.ember.quota.Quotas;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several replicas run the same tasks on one database. */
@QuarkusTest
class ParallelRetentionTest extends HttpTest {

    private static final int REPLICAS = 5;
    private static final int ROWS = 1_250;

    private record Settings(
            Optional<Duration> staleDeploymentAge,
            Optional<Duration> deploymentRetention,
            OptionalInt deploymentRetentionPerTenant)
            implements RetentionSettings {}

    private static final RetentionSettings SETTINGS =
            new Settings(Optional.of(Duration.ofHours(1)), Optional.of(Duration.ofDays(1)), OptionalInt.of(1_000));

    @Inject
    Statements statements;

    @Inject
    DeploymentEvents events;

    @Inject
    DeploymentChangeLog log;

    @Inject
    AuditLog audit;

    @Inject
    Quotas quotas;

    @Inject
    QuotaUsage usage;

    private final MeterRegistry metrics = new SimpleMeterRegistry();

    private Changes changes() {
        return new Changes(statements, events, log, audit, metrics, quotas, usage);
    }

    @AfterEach
    void deleteOwnDeployments() throws SQLException {
        TestDatabase.execute("delete from software_deployment where tenant_id = '%s'".formatted(tenant));
    }

    /** The tasks would also change and count deployments that other tests left. */
    @BeforeEach
    void deleteAllDeployments() throws SQLException {
        TestDatabase.execute("delete from software_deployment");
    }

    private void store(String status, String age) throws SQLException {
        TestDatabase.execute("insert into tenant (id) values ('" + tenant + "') on conflict do nothing");
        TestDatabase.execute(
                """
                insert into software_deployment (id, tenant_id, config_id, server_id, action, status, created_at, updated_at)
                select ('01900000-0000-7000' || substr(gen_random_uuid()::text, 19))::uuid, '%s', 'c', 's', 'a', '%s',
                 '2024-06-10', now() - interval '%s' from generate_series(1, %d)"""
                        .formatted(tenant, status, age, ROWS));
    }

    /** Asserts that the audit has one line for each change to this test's tenant. */
    private void assertEachIsChangedOnce(int number, String operation, Supplier<HousekeepingTask> createTask)
            throws InterruptedException {
        List<Callable<Integer>> replicas = new ArrayList<>();
        for (int i = 0; i < REPLICAS; i++) {
            HousekeepingTask task = createTask.get();
            replicas.add(() -> {
                int batches = 0;
                while (task.batch() != HousekeepingTask.Progress.END) {
                    batches++;
                }
                return batches;
            });
        }
        try (AuditLines lines = new AuditLines()) {
            Together.run(replicas);
            List<Map<String, String>> done = lines.of(tenant, number);
            assertEquals(number, done.size());
            assertEquals(
                    number,
                    done.stream().map(line -> line.get("target")).distinct().count());
            done.forEach(line -> assertEquals("ember " + operation, line.get("user") + " " + line.get("operation")));
        }
        assertEquals(
                number, metrics.getMeters().get(0).measure().iterator().next().getValue());
    }

    private String count(String condition) {
        return TestDatabase.query(
                        "select count(*) from software_deployment where tenant_id = '" + tenant + "' and " + condition)
                .get(0);
    }

    @Test
    void failsEachStaleDeploymentOnce() throws Exception {
        store("IN_PROGRESS", "2 hours");
        store("IN_PROGRESS", "2 minutes");
        assertEachIsChangedOnce(
                ROWS, "software_deployments:update", () -> new StaleDeployments(statements, SETTINGS, changes()));
        assertEquals("" + ROWS, count("status = 'FAILED' and version = 1"));
        assertEquals("" + ROWS, count("status = 'IN_PROGRESS' and version = 0"));
    }

    @Test
    void deletesEachExpiredDeploymentOnce() throws Exception {
        store("COMPLETE", "2 days");
        store("COMPLETE", "2 hours");
        store("IN_PROGRESS", "2 minutes");
        assertEachIsChangedOnce(
                ROWS, "software_deployments:delete", () -> new ExpiredDeployments(statements, SETTINGS, changes()));
        assertEquals("" + 2 * ROWS, count("true"));
    }

    @Test
    void deletesEachSurplusDeploymentOnce() throws Exception {
        store("FAILED", "2 hours");
        store("IN_PROGRESS", "2 minutes");
        List<String> newest = TestDatabase.query(
                "select id from software_deployment where tenant_id = '%s' and status = 'FAILED' order by id desc limit 1000"
                        .formatted(tenant));
        assertEachIsChangedOnce(
                ROWS - 1_000,
                "software_deployments:delete",
                () -> new SurplusDeployments(statements, SETTINGS, changes()));
        assertEquals("" + ROWS, count("status = 'IN_PROGRESS'"));
        assertEquals(
                newest,
                TestDatabase.query(
                        "select id from software_deployment where tenant_id = '%s' and status = 'FAILED' order by id desc"
                                .formatted(tenant)));
    }

    @Test
    void skipsLockedDeployments() throws Exception {
        store("IN_PROGRESS", "2 hours");
        try (var connection = TestDatabase.connect();
                var lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("select from software_deployment where tenant_id = '%s' limit 5 for update".formatted(tenant));
            assertEachIsChangedOnce(
                    ROWS - 5,
                    "software_deployments:update",
                    () -> new StaleDeployments(statements, SETTINGS, changes()));
            connection.rollback();
        }
        assertEquals("5", count("status = 'IN_PROGRESS'"));
    }
}
