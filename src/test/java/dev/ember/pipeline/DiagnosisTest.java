package dev.ember.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ember.FailingTable;
import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log line of an unexpected failure at the default level. */
@QuarkusTest
class DiagnosisTest extends HttpTest {

    private static final String BODY =
            """
            {"config_id": "c", "server_id": "s", "action": "a", "status_reason": "words of the client"}""";

    private final Logger log = Logger.getLogger(UnexpectedFailures.class.getName());
    private final List<ExtLogRecord> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            ExtLogRecord record = ExtLogRecord.wrap(line);
            record.copyMdc();
            lines.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        log.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        log.removeHandler(handler);
    }

    @Test
    void logsTheOperationTheExceptionsTheSqlStateAndTheStackFrame() throws SQLException {
        assertLine(
                "XX000",
                "A request failed unexpectedly in SoftwareDeploymentResource.create: ",
                () -> create(BODY),
                "dev\\.ember\\.database\\.Statements\\.update:[0-9]+");
    }

    @Test
    void logsThatAConstraintRejectedValidatedValues() throws SQLException {
        String id = createId(BODY);
        assertLine(
                "23514",
                "The database rejected values that passed validation in SoftwareDeploymentResource.update: ",
                () -> json(BODY).put(deployments + "/" + id),
                "dev\\.ember\\.tenant\\.TenantStatements\\.query:[0-9]+");
    }

    private void assertLine(String sqlState, String beginning, Supplier<Response> request, String frame)
            throws SQLException {
        Response response =
                FailingTable.always("software_deployment", tenant, sqlState).during(request);
        assertEquals(500, response.statusCode());
        assertThat(lines, hasSize(1));
        ExtLogRecord line = lines.get(0);
        String text = new PatternFormatter("%s").format(line);
        assertEquals("ERROR", line.getLevel().getName());
        assertEquals(response.header("X-Openstack-Request-Id"), line.getMdc("request_id"));
        assertNull(line.getThrown());
        assertEquals(beginning, text.substring(0, beginning.length()));
        assertThat(text, containsString("org.postgresql.util.PSQLException"));
        assertThat(text, containsString("(SQLSTATE " + sqlState + ")"));
        assertThat(text, matchesPattern(".*" + frame + ".*"));
        for (String secret : new String[] {FailingTable.SECRET, "words of the client", "insert into", tenant, "\n"}) {
            assertThat(text, not(containsString(secret)));
        }
    }
}
