package dev.ember.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import dev.ember.Together;
import dev.ember.database.Statements;
import dev.ember.housekeeping.HousekeepingTask;
import dev.ember.tenant.TenantStatements;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ExpiredKeysTest extends HttpTest {

    @Inject
    Statements database;

    @Inject
    TenantStatements statements;

    @Inject
    IdempotencySettings settings;

    @Inject
    StoredResponses responses;

    @Test
    void arePurgedOnceByConcurrentReplicas() throws Exception {
        TestDatabase.execute("delete from idempotency_key");
        TestDatabase.execute(
                """
                insert into tenant (id) values ('%1$s') on conflict do nothing;
                insert into idempotency_key
                select '%1$s', number, sha256('x'), gen_random_uuid(), '{}', now() - number %% 2 * interval '25 hours'
                from generate_series(1, 2500) as number"""
                        .formatted(tenant));
        MeterRegistry metrics = new SimpleMeterRegistry();
        List<Callable<Boolean>> replicas = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            // Each replica has its own record of whether expired keys may exist.
            HousekeepingTask task = new ExpiredKeys(database, new StoredResponses(statements, settings), metrics);
            replicas.add(() -> {
                while (task.batch() != HousekeepingTask.Progress.END) {}
                return task.isNeeded();
            });
        }
        assertEquals(List.of(true, true, true, true, true), Together.run(replicas));
        assertEquals(
                1_250,
                metrics.counter("ember.housekeeping.idempotency.keys.purged").count());
        assertEquals(List.of("1250"), TestDatabase.query("select count(*) from idempotency_key"));
    }

    @Test
    void areNotSearchedForWhenNoneIsStored() throws Exception {
        TestDatabase.execute("delete from idempotency_key");
        HousekeepingTask task = new ExpiredKeys(database, responses, new SimpleMeterRegistry());
        while (task.batch() != HousekeepingTask.Progress.END) {}
        assertEquals(false, task.isNeeded());
        json("{}").header("Idempotency-Key", "k").post(configs).then().statusCode(200);
        assertEquals(true, task.isNeeded());
    }
}
