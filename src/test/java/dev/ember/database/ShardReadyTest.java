package dev.ember.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With batches by tenant, each statement needs only one partition of tables that are partitioned by tenant. A sharded
 * database therefore finds its rows on one node.
 */
@QuarkusTest
@TestProfile(ShardReadyTest.Profile.class)
class ShardReadyTest extends EveryOperation {

    public static final class Profile extends EveryOperation.Profile {
        @Override
        String byTenant() {
            return "true";
        }
    }

    private static final int PARTITIONS = 8;
    private static final Pattern PARTITION =
            Pattern.compile("(?:" + String.join("|", ServiceStatements.TABLES) + ")_part_[0-9]");

    private static final Pattern DISTRIBUTED =
            Pattern.compile("create_(distributed|reference)_table\\('(\\w+)'(?:, 'tenant_id')?[,)]");

    /** The service counts for quotas only once after it starts, before the test. */
    private static final List<String> AFTER_START = List.of(
            "select used, counted_at from quota_usage where tenant_id = $1 and resource = $2 and counted_at < $3",
            "select id from software_deployment where tenant_id = $1 and id > $2 order by id offset $3 limit 1",
            "select count(*) from software_deployment where tenant_id = $1 and id > $2",
            "select id from software_config where tenant_id = $1 and id > $2 order by id offset $3 limit 1",
            "select count(*) from software_config where tenant_id = $1 and id > $2",
            "update quota_usage set used = used + $1, counted_at = now() where tenant_id = $2 and resource = $3 and counted_at = $4");

    private static final String NOT_IN_THE_SERVICE = "select id from software_deployment where id = ?";

    /** Rows of an insert are not in its plan. That a batch has rows of one tenant is a property of the batch. */
    @Test
    void eachStatementNeedsOnePartition() throws Exception {
        Set<String> statements = ServiceStatements.during(this::runEveryOperation);
        statements.addAll(AFTER_START);
        List<String> texts = SqlTexts.ofService();
        assertTrue(texts.size() > 40, "texts: " + texts.size());
        assertEquals(List.of(), SqlTexts.notExecuted(texts, statements));
        assertEquals(List.of(NOT_IN_THE_SERVICE), SqlTexts.notExecuted(List.of(NOT_IN_THE_SERVICE), statements));
        assertEquals(List.of(), violations(statements));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id from software_deployment where id = $1::uuid",
                "select id from software_deployment where tenant_id = any($1::text[])",
                "select id from software_deployment where tenant_id = $1 or stack_user_project_id = $2",
                "select c.id from software_config c join software_deployment d on d.config_id = c.id where d.tenant_id = $1",
                "update software_deployment set status = 'FAILED' where server_id = $1",
                "update software_deployment d set status = 'FAILED' from unnest($1::text[]) w (t) where d.tenant_id = w.t",
                "delete from deployment_event where deployment_id = $1::uuid",
                "select count(*) from idempotency_key",
                "insert into server_poll select tenant_id, server_id, now() from software_deployment where server_id = $1",
                "insert into deployment_change (tenant_id, server_id, deployment_id)"
                        + " select tenant_id, server_id, id from software_deployment where id = $1::uuid"
            })
    void noticesAStatementThatNeedsSeveralPartitions(String statement) throws SQLException {
        assertEquals(1, violations(Set.of(statement)).size());
    }

    @Test
    void eachTableIsPartitionedOrHasAReasonNotToBe() {
        Set<String> tables = new TreeSet<>(ServiceStatements.TABLES);
        tables.addAll(ServiceStatements.OTHER_TABLES.keySet());
        assertEquals(
                tables,
                new TreeSet<>(TestDatabase.query(
                        "select table_name::text from information_schema.tables where table_schema = 'public'")));
    }

    @Test
    void citusDistributesTheSameTables() throws IOException {
        Map<String, Set<String>> found = new TreeMap<>();
        DISTRIBUTED
                .matcher(Files.readString(Path.of("deploy/postgresql/citus.sql")))
                .results()
                .forEach(table -> found.computeIfAbsent(table.group(1), kind -> new TreeSet<>())
                        .add(table.group(2)));
        assertEquals(
                Map.of(
                        "distributed",
                        new TreeSet<>(ServiceStatements.TABLES),
                        "reference",
                        Set.of("tenant", "stack_user_tenant")),
                found);
    }

    private static List<String> violations(Set<String> statements) throws SQLException {
        List<String> violations = new ArrayList<>();
        try (Connection connection = TestDatabase.connect();
                Statement session = connection.createStatement()) {
            connection.setAutoCommit(false);
            partition(session);
            for (String statement : statements) {
                String plan = plan(session, statement);
                if (!ServiceStatements.TABLES.stream().allMatch(table -> needsOnePartition(statement, plan, table))) {
                    violations.add(statement + "\n" + plan);
                }
            }
            connection.rollback();
        }
        return violations;
    }

    private static boolean needsOnePartition(String statement, String plan, String table) {
        int partitions = partitions(plan, table).size();
        boolean isInsert = statement.contains("insert into " + table);
        return !statement.contains(table) || partitions == 1 || isInsert && partitions == 0;
    }

    /** Creates empty partitioned copies of the tables and puts them first in the search path of the session. */
    private static void partition(Statement session) throws SQLException {
        session.execute("create schema partitioned");
        session.execute("set search_path = partitioned, public");
        session.execute("set plan_cache_mode = force_generic_plan");
        for (String table : ServiceStatements.TABLES) {
            session.execute(
                    "create table partitioned.%1$s (like public.%1$s including all) partition by hash (tenant_id)"
                            .formatted(table));
            for (int i = 0; i < PARTITIONS; i++) {
                session.execute(
                        "create table partitioned.%1$s_part_%2$d partition of partitioned.%1$s for values with (modulus %3$d, remainder %2$d)"
                                .formatted(table, i, PARTITIONS));
            }
        }
    }

    private static String plan(Statement session, String statement) throws SQLException {
        session.execute("prepare one as " + statement);
        List<String> values = new ArrayList<>();
        try (ResultSet types =
                session.executeQuery("select unnest(parameter_types) from pg_prepared_statements where name = 'one'")) {
            while (types.next()) {
                values.add(value(types.getString(1)));
            }
        }
        StringBuilder plan = new StringBuilder();
        String arguments = values.isEmpty() ? "" : "(" + String.join(", ", values) + ")";
        try (ResultSet lines = session.executeQuery("explain execute one" + arguments)) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        session.execute("deallocate one");
        return plan.toString();
    }

    /** Returns a value of a type. A text value is the name of a tenant. An array has the values of several tenants. */
    private static String value(String type) {
        String element = type.replace("[]", "");
        String value =
                switch (element) {
                    case "text", "character varying" -> "'t'";
                    case "integer", "bigint", "smallint" -> "1";
                    case "boolean" -> "true";
                    case "uuid" -> "'01900000-0000-7000-8000-000000000001'";
                    case "json" -> "'{}'";
                    case "bytea" -> "'\\x00'";
                    case "timestamp with time zone" -> "now()";
                    default -> "null";
                };
        String values = element.equals("text") ? "'t', 'u', 'v', 'w'" : value;
        return type.endsWith("[]") ? "array[" + values + "]::" + type : value + "::" + type;
    }

    private static Set<String> partitions(String plan, String table) {
        Set<String> found = new TreeSet<>();
        Matcher partition = PARTITION.matcher(plan);
        while (partition.find()) {
            if (partition.group().startsWith(table + "_part_")) {
                found.add(partition.group());
            }
        }
        return found;
    }
}
