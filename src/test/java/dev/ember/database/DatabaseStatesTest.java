package dev.ember.database;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.FailingTable;
import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The response of each write operation to each state of the database. */
@QuarkusTest
class DatabaseStatesTest extends HttpTest {

    private static final String DEPLOYMENT = """
            {"config_id": "c", "server_id": "s", "action": "a"}""";
    private static final String CONFIG = """
            {"name": "n"}""";

    private String deployment;
    private String config;

    @BeforeEach
    void createDeploymentAndConfig() {
        deployment = deployments + "/" + createId(DEPLOYMENT);
        config = configs + "/" + createId(configs, CONFIG);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "08006 | 503 | The database cannot be reached; try again later",
                "53200 | 503 | The database cannot be reached; try again later",
                "57P01 | 503 | The database cannot be reached; try again later",
                "58000 | 503 | The database cannot be reached; try again later",
                "58030 | 503 | The database cannot be reached; try again later",
                "40001 | 503 | The database is busy with other requests; try again later",
                "55P03 | 503 | The database is busy with other requests; try again later",
                "25006 | 503 | The database is read-only at the moment; try again later",
                "0A000 | 503 | The database cannot be used at the moment; try again later",
                "26000 | 503 | The database cannot be used at the moment; try again later",
                "28000 | 503 | The database cannot be used at the moment; try again later",
                "42501 | 503 | The database cannot be used at the moment; try again later",
                "42P01 | 503 | The database schema has a version that this service does not support; try again later",
                "42703 | 503 | The database schema has a version that this service does not support; try again later",
                "22021 | 500 | The service failed unexpectedly; its log contains the request id",
                "23514 | 500 | The service failed unexpectedly; its log contains the request id",
                "P0001 | 500 | The service failed unexpectedly; its log contains the request id",
                "XX001 | 500 | The service failed unexpectedly; its log contains the request id",
            })
    void respondsToEveryWriteByTheSqlState(String sqlState, int status, String message) throws SQLException {
        for (String table : new String[] {"software_deployment", "software_config", "idempotency_key"}) {
            String before = storedRows();
            for (Map.Entry<String, Supplier<Response>> change : changesOf(table).entrySet()) {
                Response response = FailingTable.always(table, tenant, sqlState).during(change.getValue());
                if (table.equals("idempotency_key") && sqlState.equals("55P03")) {
                    assertEquals("IdempotencyKeyInUse", response.path("error.type"));
                    continue; // The row of a key also serves as its lock.
                }
                String name = change.getKey() + " and " + table;
                assertEquals(status, response.statusCode(), name + ": " + response.asString());
                assertEquals(message, response.path("error.message"), name);
                assertEquals(status == 503 ? "2" : null, response.header("Retry-After"), name);
                response.then().body(not(containsString(FailingTable.SECRET)));
            }
            assertEquals(before, storedRows(), "stored rows after failures of " + table);
        }
        given().get(deployment).then().statusCode(200);
        given().get(config).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0A000", "26000"})
    void repeatsAStaleStatementOnce(String sqlState) throws SQLException {
        for (String table : new String[] {"software_deployment", "software_config", "idempotency_key"}) {
            for (Map.Entry<String, Supplier<Response>> change : changesOf(table).entrySet()) {
                Response response = FailingTable.once(table, tenant, sqlState).during(change.getValue());
                assertEquals(change.getKey().equals("delete") ? 204 : 200, response.statusCode(), response.asString());
            }
        }
    }

    private Map<String, Supplier<Response>> changesOf(String table) {
        Map<String, Supplier<Response>> changes = new LinkedHashMap<>();
        switch (table) {
            case "software_deployment" -> {
                changes.put("create", () -> create(DEPLOYMENT));
                changes.put("create with a key", () -> createWithKey(deployments, DEPLOYMENT));
                changes.put("update", () -> json("{\"status\": \"FAILED\"}").put(deployment));
                changes.put("delete", () -> given().delete(deployment));
            }
            case "software_config" -> {
                changes.put("create", () -> json(CONFIG).post(configs));
                changes.put("create with a key", () -> createWithKey(configs, CONFIG));
                changes.put("delete", () -> given().delete(config));
            }
            default -> {
                changes.put("create a deployment with a key", () -> createWithKey(deployments, DEPLOYMENT));
                changes.put("create a config with a key", () -> createWithKey(configs, CONFIG));
            }
        }
        return changes;
    }

    private static Response createWithKey(String path, String body) {
        return json(body)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .post(path);
    }

    private String storedRows() {
        return String.join(
                "\n",
                TestDatabase.query(
                        """
                        select t from (
                            select d::text as t from software_deployment d where tenant_id = '%1$s'
                            union all select c::text from software_config c where tenant_id = '%1$s'
                            union all select k::text from idempotency_key k where tenant_id = '%1$s') as rows
                        order by t"""
                                .formatted(tenant)));
    }
}
