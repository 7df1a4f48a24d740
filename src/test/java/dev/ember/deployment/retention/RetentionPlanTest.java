package dev.ember.deployment.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The tasks find the deployments of one tenant by an index, in the order in which they process them, regardless of the
 * stored data.
 */
@QuarkusTest
class RetentionPlanTest extends HttpTest {

    private static final int ROWS = 20_000;

    /** The planner settings of the service's connections. */
    private static final String[] SETTINGS = {
        "set enable_seqscan = off",
        "set enable_bitmapscan = off",
        "set enable_hashjoin = off",
        "set enable_mergejoin = off",
        "set enable_material = off",
        "set jit = off"
    };

    private static final Map<String, String> STATEMENTS = Map.of(
            "end of a range", DeploymentScan.Kind.ALL.endOfRange,
            "end of a range in progress", DeploymentScan.Kind.IN_PROGRESS.endOfRange,
            "stale", StaleDeployments.FAIL_AND_EVENTS,
            "expired", ExpiredDeployments.DELETE,
            "has more", SurplusSearch.HAS_MORE,
            "newest", SurplusSearch.NEWEST,
            "surplus", SurplusDeployments.DELETE);

    private static final List<String> IN_PROGRESS_STATEMENTS = List.of("end of a range in progress", "stale");

    /**
     * Stores rows of which one tenant has almost all. Without new statistics, PostgreSQL uses those of the empty table.
     */
    private static void store(String status, boolean hasStatistics) throws Exception {
        TestDatabase.execute("truncate software_deployment");
        TestDatabase.execute("analyze software_deployment");
        TestDatabase.execute(
                """
                insert into software_deployment (id, tenant_id, config_id, server_id, action, status, created_at, updated_at)
                select gen_random_uuid(), case when i %% 1000 = 0 then 't' || i else 't' end, 'c', 's', 'a', %s, now(), now()
                from generate_series(1, %d) i"""
                        .formatted(status, ROWS));
        if (hasStatistics) {
            TestDatabase.execute("analyze software_deployment");
        }
    }

    private static void assertPlans(String data) {
        STATEMENTS.forEach((name, sql) -> {
            String plan = plan(sql);
            String message = data + ", " + name + ":\n" + plan;
            assertTrue(
                    plan.contains("Index Cond: ((tenant_id = ") || plan.contains("Index Cond: (tenant_id = "), message);
            assertFalse(plan.contains("Seq Scan"), message);
            assertFalse(plan.contains("Sort"), message);
            assertEquals(
                    IN_PROGRESS_STATEMENTS.contains(name),
                    plan.contains("using software_deployment_not_complete"),
                    message);
        });
    }

    /** Returns the generic plan, which the service uses. */
    private static String plan(String sql) {
        StringBuilder numbered = new StringBuilder("explain (generic_plan) ");
        int number = 0;
        for (char c : sql.toCharArray()) {
            numbered.append(c == '?' ? "$" + ++number : c);
        }
        return String.join("\n", TestDatabase.query(numbered.toString(), SETTINGS))
                .replaceAll("\\((\\w+)\\)::text", "$1");
    }

    @Test
    void findsDeploymentsByAnIndex() throws Exception {
        store("'COMPLETE'", false);
        assertPlans("statistics of an empty table");
        store("'COMPLETE'", true);
        assertPlans("all are complete");
        store("'IN_PROGRESS'", true);
        assertPlans("all are in progress");
        store("case when i % 100 = 0 then 'IN_PROGRESS' else 'FAILED' end", true);
        assertPlans("some are in progress");
        TestDatabase.execute("truncate software_deployment");
    }
}
