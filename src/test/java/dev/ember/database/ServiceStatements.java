package dev.ember.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ember.TestDatabase;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the statements of the service from the log of PostgreSQL. */
final class ServiceStatements {

    /** The tables whose rows belong to tenants. */
    static final List<String> TABLES = List.of(
            "software_deployment",
            "software_config",
            "idempotency_key",
            "quota_usage",
            "deployment_event",
            "server_poll");

    /** The tables that are not partitioned by tenant, and why. {@code deploy/postgresql/citus.sql} agrees. */
    static final Map<String, String> OTHER_TABLES = Map.of(
            "tenant", "housekeeping reads all tenants; each node has a copy",
            "stack_user_tenant", "read by project, before the tenants are known; each node has a copy",
            "deployment_change", "each replica reads the changes of all tenants",
            "watch_lease", "has one row",
            "schema_compatibility", "has one row",
            "flyway_schema_history", "concerns the schema");

    private static final Pattern TABLE = Pattern.compile(
            "\\b(?:" + String.join("|", TABLES) + "|" + String.join("|", OTHER_TABLES.keySet()) + ")\\b");

    private static final Pattern EXECUTED = Pattern.compile("(?s)execute [^:]+: (.*)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private ServiceStatements() {}

    /** Work that causes statements. */
    interface Work {
        void run() throws Exception;
    }

    /** Returns the texts of all statements on tables that the service runs during some work. */
    static Set<String> during(Work work) throws Exception {
        int begin = log().length();
        setting("all");
        try {
            work.run();
        } finally {
            setting("none");
        }
        Set<String> statements = new LinkedHashSet<>();
        for (String line : log().substring(begin).split("\n")) {
            statementOf(line).ifPresent(statements::add);
        }
        return statements;
    }

    private static Optional<String> statementOf(String line) throws JsonProcessingException {
        JsonNode entry = JSON.readTree(line);
        Matcher executed = EXECUTED.matcher(entry.path("message").asText());
        return entry.path("application_name").asText().equals("ember") && executed.matches()
                ? Optional.of(executed.group(1)).filter(TABLE.asPredicate())
                : Optional.empty();
    }

    private static String log() {
        return TestDatabase.query("select pg_read_file(pg_current_logfile('jsonlog'))")
                .get(0);
    }

    private static void setting(String statements) throws SQLException {
        TestDatabase.execute("alter system set log_statement = '" + statements + "'");
        TestDatabase.execute("select pg_reload_conf()");
        while (!TestDatabase.query("show log_statement").equals(List.of(statements))) {
            Thread.onSpinWait();
        }
    }
}
