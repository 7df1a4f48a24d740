package dev.ember.database;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.Background;
import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries use indexes even on large tables. A lock delays the statement until the test has read it. */
@QuarkusTest
class QueryPlanTest extends HttpTest {

    private static final int ROWS = 20_000;

    @BeforeEach
    void storeManyRows() throws SQLException {
        TestDatabase.execute(
                """
                insert into software_config (id, tenant_id, name, inputs, outputs, options, created_at)
                select gen_random_uuid(), '%1$s-' || i %% 50, i, '[]', '[]', '{}', now()
                from generate_series(1, %2$d) i;
                insert into software_deployment (id, tenant_id, stack_user_project_id, config_id, server_id, action,
                 status, created_at, updated_at)
                select gen_random_uuid(), c.tenant_id, '%1$s-' || (i + 1) %% 50, c.id, 's' || i %% 1000, 'a', 'COMPLETE',
                 now(), now()
                from (select row_number() over () as i, * from software_config where tenant_id like '%1$s-%%') c;
                analyze software_config;
                analyze software_deployment"""
                        .formatted(tenant.substring(0, 40), ROWS));
    }

    @ParameterizedTest
    @CsvSource({
        "software_config, /software_deployments/metadata/s7",
        "software_deployment, /software_deployments/metadata/s7",
        "software_deployment, /software_deployments?limit=10",
        "software_deployment, /software_deployments?limit=10&server_id=s7&status=COMPLETE",
        "software_config, /software_configs?limit=10",
        "software_config, /software_configs/01a20956-f4dc-7a31-91cd-64b9d88f2add",
        "software_deployment, /software_deployments/01a20956-f4dc-7a31-91cd-64b9d88f2add"
    })
    void findsRowsByAnIndex(String table, String path) throws SQLException {
        String statement = statementOf(table, given(), "/v1/" + tenant.substring(0, 40) + "-7" + path);
        String plan = String.join("\n", TestDatabase.query("explain (generic_plan) " + statement));
        assertThat(statement + "\n" + plan, plan, not(containsString("Seq Scan")));
        assertThat(statement + "\n" + plan, plan, containsString("Index Cond"));
    }

    @Test
    void computesTheMetadataTagWithIndexOnlyScans() throws SQLException {
        TestDatabase.execute("vacuum analyze software_config");
        TestDatabase.execute("vacuum analyze software_deployment");
        String statement = statementOf(
                "software_deployment",
                given().header("If-None-Match", "\"x\""),
                "/v1/" + tenant.substring(0, 40) + "-7/software_deployments/metadata/s7");
        List<String> plan = TestDatabase.query("explain (generic_plan) " + statement);
        List<String> reads =
                plan.stream().filter(line -> line.contains(" on software_")).toList();
        assertEquals(2, reads.size(), String.join("\n", plan));
        reads.forEach(read -> assertThat(read, containsString("Index Only Scan using")));
    }

    /** Returns the first statement about a table that a request causes. */
    private static String statementOf(String table, RequestSpecification request, String path) throws SQLException {
        try (Connection connection = TestDatabase.connect();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("lock table " + table + " in access exclusive mode");
            CompletableFuture<Integer> response =
                    Background.supply(() -> request.get(path).statusCode());
            List<String> waiting = List.of();
            while (waiting.isEmpty() && !response.isDone()) {
                waiting = TestDatabase.query(
                        "select query from pg_stat_activity where application_name = 'ember' and wait_event_type = 'Lock'");
            }
            connection.rollback();
            response.join();
            assertEquals(1, waiting.size());
            return waiting.get(0);
        }
    }
}
