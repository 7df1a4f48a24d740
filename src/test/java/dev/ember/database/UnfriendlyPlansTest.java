package dev.ember.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Each statement of the service finds its rows by an index, regardless of the stored data and of the statistics that
 * PostgreSQL has.
 */
@QuarkusTest
@TestProfile(EveryOperation.Profile.class)
class UnfriendlyPlansTest extends EveryOperation {

    private static final int ROWS = 20_000;
    private static final String TABLES = "software_deployment, software_config, deployment_event, server_poll";

    /** One event of each deployment, and one poll of each server, without new statistics. */
    private static final String OTHER_TABLES =
            """
            insert into deployment_event (tenant_id, deployment_id, slot, version, type, run, status, created_at)
            select tenant_id, id, 1, 1, 'updated', 0, status, now() from software_deployment;
            insert into server_poll (tenant_id, server_id, polled_at)
            select distinct tenant_id, server_id, now() from software_deployment""";

    private static final String NO_STATISTICS = "statistics of empty tables";

    /** As {@link ConnectionSettings} sets them. */
    private static final String[] SETTINGS = {
        "set enable_seqscan = off",
        "set enable_bitmapscan = off",
        "set enable_hashjoin = off",
        "set enable_mergejoin = off",
        "set enable_material = off",
        "set jit = off"
    };

    private static final Pattern SCAN = Pattern.compile(
            "(Seq|Index|Index Only|Bitmap Heap) Scan.* on (software_deployment|software_config|idempotency_key|deployment_event|server_poll)\\b");

    private final List<String> violations = new ArrayList<>();

    @Test
    void eachStatementFindsItsRowsByAnIndex() throws Exception {
        Set<String> statements = ServiceStatements.during(this::runEveryOperation);
        assertTrue(statements.size() > 50, "statements: " + statements.size());
        for (Map.Entry<String, String> data : unfriendlyData().entrySet()) {
            TestDatabase.execute("truncate " + TABLES);
            TestDatabase.execute("analyze " + TABLES);
            TestDatabase.execute(data.getValue());
            TestDatabase.execute(OTHER_TABLES);
            for (String statement : statements) {
                check(data.getKey(), statement);
            }
        }
        TestDatabase.execute("truncate " + TABLES);
        assertEquals(List.of(), violations);
    }

    private static Map<String, String> unfriendlyData() {
        Map<String, String> data = new LinkedHashMap<>();
        String analyze = "; analyze software_deployment";
        data.put(NO_STATISTICS, deployments("'t' || i % 50", "'s' || i % 1000", "null", "'COMPLETE'"));
        data.put(
                "one stack user's project in all rows",
                deployments("'t' || i % 50", "'s' || i % 1000", "'p'", "'COMPLETE'") + analyze);
        data.put(
                "one tenant with almost all rows",
                deployments("case when i % 100 = 0 then 't' || i else 't' end", "'s' || i % 1000", "null", "'COMPLETE'")
                        + analyze);
        data.put(
                "one server with almost all rows",
                deployments("'t'", "case when i % 100 = 0 then 's' || i else 's' end", "null", "'COMPLETE'") + analyze);
        data.put("one value in each column", deployments("'t'", "'s'", "'p'", "'COMPLETE'") + analyze);
        data.put("only failed deployments", deployments("'t' || i % 2", "'s'", "null", "'FAILED'") + analyze);
        return data;
    }

    private static String deployments(String tenant, String server, String project, String status) {
        return """
                insert into software_deployment (id, tenant_id, stack_user_project_id, config_id, server_id, action, status,
                 created_at, updated_at)
                select gen_random_uuid(), %s, %s, 'c', %s, 'a', %s, now(), now() from generate_series(1, %d) i"""
                .formatted(tenant, project, server, status, ROWS);
    }

    private void check(String data, String statement) throws SQLException {
        if (statement.startsWith("insert into") && !statement.contains("select")) {
            return;
        }
        List<String> plan = TestDatabase.query("explain (generic_plan) " + statement, SETTINGS).stream()
                .map(line -> line.replaceAll("\\((\\w+)\\)::text", "$1"))
                .toList();
        for (int i = 0; i < plan.size(); i++) {
            Matcher scan = SCAN.matcher(plan.get(i));
            // Without statistics, PostgreSQL may use the index of the tenant for a page after a marker.
            boolean isFiltered = !data.equals(NO_STATISTICS) && isFiltered(statement);
            if (scan.find() && !isByIndex(isFiltered, scan, plan, i)) {
                violations.add(data + ": " + statement + "\n" + String.join("\n", plan));
                return;
            }
        }
    }

    /** Returns whether the index of servers or the index of configs must find the rows. */
    private static boolean isFiltered(String statement) {
        return statement.contains("server_id = wanted") || statement.contains("config_id = wanted");
    }

    private static boolean isByIndex(boolean isFiltered, Matcher scan, List<String> plan, int line) {
        String condition = plan.subList(line + 1, plan.size()).stream()
                .filter(next ->
                        next.contains("Index Cond") || SCAN.matcher(next).find())
                .findFirst()
                .orElse("");
        boolean isByTenant = !scan.group(1).equals("Seq") && condition.contains("tenant_id = ");
        boolean needsMore = isFiltered && scan.group(2).equals("software_deployment");
        return isByTenant && (!needsMore || condition.contains("server_id") || condition.contains("config_id"));
    }
}
