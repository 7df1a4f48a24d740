package dev.ember.agent;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.audit.AuditLines;
import dev.ember.pipeline.framing.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** A signature is a credential: only the URLs that the service gives away contain it. */
@QuarkusTest
class AgentSecretsTest extends AgentRequests {

    /** Everything that the service logs, with all fields, while this object is open. */
    private static final class LogLines extends Handler implements AutoCloseable {

        private final Logger root = Logger.getLogger("");
        private final List<String> lines = new CopyOnWriteArrayList<>();

        LogLines() {
            setLevel(Level.ALL);
            root.addHandler(this);
        }

        @Override
        public void publish(LogRecord line) {
            ExtLogRecord all = ExtLogRecord.wrap(line);
            lines.add(line.getMessage()
                    + Arrays.toString(line.getParameters())
                    + all.getMdcCopy()
                    + all.getNdc()
                    + line.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            root.removeHandler(this);
        }
    }

    @Test
    void logsAndCountsNoSignature() throws Exception {
        try (LogLines log = new LogLines();
                AuditLines audit = new AuditLines()) {
            String id = deploy("{}");
            String metadata = path(metadataUrl());
            String signal = signalPath();
            get(metadata).then().statusCode(200);
            signal(signal, "{\"deploy_stdout\": \"%s\"}".formatted(signal))
                    .then()
                    .statusCode(200);
            signal(signal, "{}").then().statusCode(200);
            List<String> faults = new ArrayList<>(List.of(
                    fault(get(metadata.replace(server, "other")), 404),
                    fault(signal(signal.replace("run=0", "run=1"), "{}"), 404),
                    fault(signal(signal, "["), 400),
                    fault(signal(signal, "\"" + signature(signal) + "\""), 400),
                    fault(signal(signal, "x".repeat(2_000_000)), 413),
                    fault(given().urlEncodingEnabled(false).delete(metadata), 405),
                    malformed("GET " + metadata + "|"),
                    malformed("GET " + metadata + " HTTP/9.9")));
            given().delete(deployments + "/" + id).then().statusCode(204);
            faults.add(fault(signal(signal, "{}"), 404));

            List<Map<String, String>> audited = audit.of(tenant, 6);
            String metrics = given().get("/q/metrics").asString();
            assertThat(metrics, containsString("ember_agent_signals_total{outcome=\"complete\""));
            assertThat(log.lines, hasItem(containsString(tenant)));
            for (String secret : List.of(signature(metadata), signature(signal))) {
                String shortest = secret.substring(0, 16);
                assertThat(faults.toString(), not(containsString(shortest)));
                assertThat(metrics, not(containsString(shortest)));
                assertThat(audited.toString(), not(containsString(shortest)));
                assertThat(log.lines.toString(), not(containsString(shortest)));
            }
        }
    }

    private static String signature(String path) {
        return path.substring(path.indexOf("signature=") + "signature=".length());
    }

    private static String fault(Response response, int status) {
        assertEquals(status, response.statusCode(), response.asString());
        return response.headers() + response.asString();
    }

    private static String malformed(String line) throws IOException {
        try (RawConnection connection = new RawConnection()) {
            connection.send(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            return connection.receiveToTheEnd();
        }
    }
}
