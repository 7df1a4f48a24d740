package dev.ember.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

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

    @Test
    void eachStatementNeedsOnePartition() throws Exception {
        Set<String> statements = ServiceStatements.during(this::runEveryOperation);
        assertTrue(statements.size() > 50, "statements: " + statements.size());
        List<String> violations = new ArrayList<>();
        try (Connection connection = TestDatabase.connect();
                Statement session = connection.createStatement()) {
            connection.setAutoCommit(false);
            partition(session);
            for (String statement : statements) {
                String plan = plan(session, statement);
                for (String table : ServiceStatements.TABLES) {
                    Set<String> partitions = partitions(plan, table);
                    boolean isInsert = statement.contains("insert into " + table);
                    if (statement.contains(table) && partitions.size() != 1 && !(isInsert && partitions.isEmpty())) {
                        violations.add(statement + "\n" + plan);
                    }
                }
            }
            connection.rollback();
        }
        assertEquals(List.of(), violations);
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

    /** Returns a value of a type. A text value is the name of a tenant. */
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
        return type.endsWith("[]") ? "array[" + value + "]::" + type : value + "::" + type;
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
