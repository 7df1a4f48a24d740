package dev.ember.database;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import dev.ember.watch.StreamClient;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Runs every operation and every housekeeping task, so that each statement of the service runs. */
public abstract class EveryOperation extends HttpTest {

    /** Enables quotas, known configs and all tasks. */
    public static class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "ember.batch-by-tenant", byTenant(),
                    "ember.quota-deployments", "1000000",
                    "ember.quota-configs", "1000000",
                    "ember.config-references", "known",
                    "ember.housekeeping-interval", "1S",
                    "ember.stale-deployment-age", "2H",
                    "ember.deployment-retention", "30D",
                    "ember.deployment-retention-per-tenant", Integer.toString(RETAINED));
        }

        /** Returns whether each statement concerns one tenant. */
        String byTenant() {
            return "false";
        }
    }

    private static final List<String> FILTERS = List.of(
            "server_id=s",
            "config_id=c",
            "action=a",
            "status=FAILED",
            "status=IN_PROGRESS",
            "server_id=s&status=FAILED",
            "config_id=c&status=FAILED",
            "server_id=s&config_id=c&action=a&status=COMPLETE");

    private static final String LARGE =
            "{\"status\": \"IN_PROGRESS\", \"output_values\": {\"o\": \"" + "x".repeat(100_000) + "\"}}";

    private static final int RETAINED = 1_000;

    private final String project = "project-" + UUID.randomUUID();

    protected void runEveryOperation() throws Exception {
        String config = createId(configs, "{\"name\": \"n\", \"config\": \"echo\"}");
        String body =
                """
                {"config_id": "%s", "server_id": "s", "action": "a", "stack_user_project_id": "%s"}"""
                        .formatted(config, project);
        String id = createId(deployments, body);
        createWithKeys(body);
        for (String path : List.of(deployments, deploymentsOf(project))) {
            read(path, id);
            change(path, id, config);
            reportAsAgent(path, id);
        }
        readStreams(id, body);
        readEventsAndServers(id);
        readConfigs(config);
        delete(id, config);
        runTasks(config);
    }

    private void createWithKeys(String body) {
        for (String path : List.of(deployments, configs)) {
            String key = UUID.randomUUID().toString();
            for (int i = 0; i < 2; i++) {
                assertStatus(200, json(body).header("Idempotency-Key", key).post(path));
            }
            assertStatus(409, json(body + " ").header("Idempotency-Key", key).post(path));
        }
        String unknown = body.replaceFirst("\"config_id\": \"[^\"]*", "\"config_id\": \"unknown");
        assertStatus(400, json(unknown).header("Idempotency-Key", "unknown").post(deployments));
    }

    private void read(String path, String id) {
        assertStatus(200, given().get(path + "/" + id));
        assertStatus(404, given().get(path + "/" + UUID.randomUUID()));
        for (String page : List.of("limit=20", "limit=20&marker=" + id, "limit=100", "limit=100&marker=" + id)) {
            assertStatus(200, given().get(path + "?" + page));
            for (String filter : FILTERS) {
                assertStatus(200, given().get(path + "?" + page + "&" + filter));
            }
        }
        Response metadata = given().get(path + "/metadata/s");
        assertStatus(200, metadata);
        assertStatus(
                304, given().header("If-None-Match", metadata.header("ETag")).get(path + "/metadata/s"));
    }

    private void change(String path, String id, String config) {
        assertStatus(200, json("{\"config_id\": \"" + config + "\"}").put(path + "/" + id));
        Response updated = json(LARGE).put(path + "/" + id);
        assertStatus(200, updated);
        assertStatus(
                200,
                json("{\"output_values\": {}}")
                        .header("If-Match", updated.header("ETag"))
                        .put(path + "/" + id));
        assertStatus(412, json("{}").header("If-Match", "\"x\"").put(path + "/" + id));
        assertStatus(412, given().header("If-Match", "\"x\"").delete(path + "/" + id));
    }

    /** The second signal finds large output values, which need a statement of their own. */
    private void reportAsAgent(String path, String id) {
        String metadataUrl = given().get(path + "/metadata/s/agent").path("agent.metadata_url");
        Response metadata = agent().get(withoutHost(metadataUrl));
        assertStatus(200, metadata);
        assertStatus(
                304, agent().header("If-None-Match", metadata.header("ETag")).get(withoutHost(metadataUrl)));
        signal(metadata);
        assertStatus(200, json(LARGE).put(path + "/" + id));
        signal(agent().get(withoutHost(metadataUrl)));
    }

    private static void signal(Response metadata) {
        String signalUrl = metadata.path("deployments[0].inputs.find { it.name == 'deploy_signal_id' }.value");
        assertStatus(200, agent().body("{\"o\": 1}").put(withoutHost(signalUrl)));
    }

    private static RequestSpecification agent() {
        return given().urlEncodingEnabled(false);
    }

    private static String withoutHost(String url) {
        return url.substring(url.indexOf("/agent/"));
    }

    private void readEventsAndServers(String id) throws Exception {
        for (String path : List.of(deployments, deploymentsOf(project))) {
            assertStatus(200, given().get(path + "/" + id + "/events"));
            assertStatus(200, given().get(path + "/" + id + "/events?limit=1&marker=" + id + ".0"));
        }
        awaitPoll();
        for (String filter : List.of("", "&status=FAILED", "&status=IN_PROGRESS", "&status=COMPLETE")) {
            assertStatus(200, given().get("/v1/" + tenant + "/servers?marker=a" + filter));
        }
    }

    /** Changes that are made while a client waits are stored for it. */
    private void readStreams(String id, String body) throws Exception {
        for (String path : List.of(deployments, deploymentsOf(project))) {
            for (String filter : List.of("status=COMPLETE", "server_id=s&action=a&config_id=c", "")) {
                try (StreamClient client = StreamClient.open(CLIENT, uri(path + "/watch?" + filter))) {
                    client.skipTo("synced");
                    assertStatus(200, json("{}").put(path + "/" + id));
                    assertStatus(204, given().delete(deployments + "/" + createId(deployments, body)));
                    if (filter.isEmpty()) {
                        client.skipTo("deleted");
                    }
                }
            }
        }
    }

    /** The service stores polls every few seconds. */
    private void awaitPoll() throws Exception {
        for (int i = 0; i < 300 && polls().isEmpty(); i++) {
            Thread.sleep(100);
        }
        assertEquals(List.of("s"), polls());
    }

    private List<String> polls() {
        return TestDatabase.query("select server_id from server_poll where tenant_id = '" + tenant + "'");
    }

    private void readConfigs(String config) {
        assertStatus(200, given().get(configs + "/" + config));
        assertStatus(200, given().get(configs + "?limit=20"));
        assertStatus(200, given().get(configs + "?limit=20&marker=" + config));
    }

    private void delete(String id, String config) {
        assertStatus(409, given().delete(configs + "/" + config));
        assertStatus(204, given().delete(deployments + "/" + id));
        String free = createId(configs, "{}");
        assertStatus(204, given().delete(configs + "/" + free));
    }

    private void runTasks(String config) throws Exception {
        for (String status : List.of("IN_PROGRESS", "COMPLETE")) {
            TestDatabase.execute(
                    """
                    insert into software_deployment (id, tenant_id, config_id, server_id, action, status, created_at, updated_at)
                    values ('01900000-0000-7000-8000-%012d', '%s', '%s', 'old', 'a', '%s', '2024-06-10', '2024-06-10')"""
                            .formatted(status.length(), tenant, config, status));
        }
        for (int i = 0;
                i < 300
                        && !given().get(deployments + "?server_id=old")
                                .path("software_deployments.status")
                                .equals(List.of("FAILED"));
                i++) {
            Thread.sleep(100);
        }
        assertEquals(
                List.of("FAILED"), given().get(deployments + "?server_id=old").path("software_deployments.status"));
        deleteSurplus();
        Thread.sleep(2_000); // All tasks run once more.
    }

    private void deleteSurplus() throws Exception {
        String other = tenant + "-surplus";
        TestDatabase.execute(
                """
                insert into software_deployment (id, tenant_id, config_id, server_id, action, status, created_at, updated_at)
                select gen_random_uuid(), '%s', 'c', 's', 'a', 'COMPLETE', now(), now() from generate_series(0, %d)"""
                        .formatted(other, RETAINED));
        TestDatabase.execute("insert into tenant (id) values ('" + other + "')");
        for (int i = 0; i < 300 && TestDatabase.deploymentsOf(other) > RETAINED; i++) {
            Thread.sleep(100);
        }
        assertEquals(RETAINED, TestDatabase.deploymentsOf(other));
    }

    private static void assertStatus(int status, Response response) {
        assertEquals(status, response.statusCode(), response.asString());
    }
}
