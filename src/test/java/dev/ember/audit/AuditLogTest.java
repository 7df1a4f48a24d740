package dev.ember.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuditLogTest extends HttpTest {

    private static final String BODY = """
            {"config_id": "c", "server_id": "s", "action": "a"}""";

    @Test
    void logsAReplayAsReplayed() throws InterruptedException {
        try (AuditLines audit = new AuditLines()) {
            String id =
                    json(BODY).header("Idempotency-Key", "k").post(deployments).path("software_deployment.id");
            json(BODY).header("Idempotency-Key", "k").post(deployments);
            List<Map<String, String>> lines = audit.of(tenant, 2);
            assertEquals(2, lines.size());
            assertEquals(
                    List.of(id, id),
                    lines.stream().map(line -> line.get("target")).toList());
            assertEquals("200", lines.get(0).get("outcome"));
            assertEquals("replayed", lines.get(1).get("outcome"));
        }
    }
}
