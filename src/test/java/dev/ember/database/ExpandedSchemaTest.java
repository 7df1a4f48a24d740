package dev.ember.database;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs every operation while a migration expands the schema. */
@QuarkusTest
class ExpandedSchemaTest extends HttpTest {

    /**
     * Exceeds the number of executions after which the driver and PostgreSQL cache a statement and its plan on each
     * connection.
     */
    private static final int WARM_UP = 100;

    private static final String DEPLOYMENT = """
            {"config_id": "c", "server_id": "s", "action": "a"}""";
    private static final String CONFIG = """
            {"name": "n"}""";

    @BeforeEach
    void warmUp() {
        String deployment = deployments + "/" + createId(DEPLOYMENT);
        for (int i = 0; i < WARM_UP; i++) {
            given().get(deployments).then().statusCode(200);
            given().get(deployments + "?limit=1&status=FAILED").then().statusCode(200);
            json("{\"status\": \"FAILED\"}").put(deployment).then().statusCode(200);
        }
        for (int i = 0; i < 10; i++) {
            assertEveryOperationSucceeds();
        }
    }

    @AfterEach
    void restore() throws SQLException {
        for (String table : new String[] {"software_deployment", "software_config", "idempotency_key"}) {
            TestDatabase.execute("alter table " + table + " drop column if exists extra");
        }
        TestDatabase.execute("drop table if exists extra");
        TestDatabase.execute("drop index if exists extra_index");
    }

    @Test
    void everyOperationSucceedsWithOneMoreColumnIndexAndTable() throws SQLException {
        for (String table : new String[] {"software_deployment", "software_config", "idempotency_key"}) {
            TestDatabase.execute("alter table " + table + " add column extra integer");
            assertEveryOperationSucceeds();
        }
        TestDatabase.execute("create table extra (id integer)");
        assertEveryOperationSucceeds();
        TestDatabase.execute("create index extra_index on software_deployment (extra, action)");
        assertEveryOperationSucceeds();
    }

    private void assertEveryOperationSucceeds() {
        String deployment = deployments + "/" + createId(DEPLOYMENT);
        String config = configs + "/" + createId(configs, CONFIG);
        Map<String, Supplier<Response>> operations = new LinkedHashMap<>();
        operations.put("create with a key", () -> createWithKey(deployments, DEPLOYMENT));
        operations.put("create a config with a key", () -> createWithKey(configs, CONFIG));
        operations.put("show", () -> given().get(deployment));
        operations.put("update", () -> json("{\"status\": \"FAILED\"}").put(deployment));
        operations.put("list", () -> given().get(deployments));
        operations.put("list a page", () -> given().get(deployments + "?limit=1&status=FAILED"));
        operations.put("metadata", () -> given().get(deployments + "/metadata/s"));
        operations.put(
                "metadata's tag", () -> given().header("If-None-Match", "\"x\"").get(deployments + "/metadata/s"));
        operations.put("show a config", () -> given().get(config));
        operations.put("list configs", () -> given().get(configs));
        operations.put("delete", () -> given().delete(deployment));
        operations.put("delete a config", () -> given().delete(config));
        operations.forEach((name, operation) -> {
            Response response = operation.get();
            assertEquals(
                    name.startsWith("delete") ? 204 : 200, response.statusCode(), name + ": " + response.asString());
        });
    }

    private static Response createWithKey(String path, String body) {
        return json(body)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .post(path);
    }
}
