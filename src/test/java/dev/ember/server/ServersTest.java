package dev.ember.server;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ServersTest extends HttpTest {

    /** The service stores polls at least once in a minute. */
    private static final Duration MAX_DELAY = Duration.ofMinutes(1);

    private final String servers = "/v1/" + tenant + "/servers";

    private String deploy(String server, String status) {
        return createId("""
                {"config_id": "c", "server_id": "%s", "action": "a", "status": "%s"}"""
                .formatted(server, status));
    }

    private ValidatableResponse list(String query) {
        return given().get(servers + query).then().statusCode(200);
    }

    private static Instant lastPoll(String path, String server) throws InterruptedException {
        String found = "servers.find { it.server_id == '" + server + "' }.last_polled_at";
        Instant end = Instant.now().plus(MAX_DELAY);
        String time = null;
        while (time == null && Instant.now().isBefore(end)) {
            Thread.sleep(200);
            time = given().get(path).path(found);
        }
        return Instant.parse(time);
    }

    @Test
    void countsTheDeploymentsOfEachServerByStatus() throws Exception {
        String waiting = deploy("s1", "IN_PROGRESS");
        deploy("s1", "IN_PROGRESS");
        deploy("s1", "COMPLETE");
        deploy("s1", "FAILED");
        deploy("s2", "COMPLETE");
        TestDatabase.execute(
                "update software_deployment set updated_at = '2024-06-10T10:20:30.9Z' where tenant_id = '%s' and id = '%s'"
                        .formatted(tenant, waiting));
        list("").contentType("application/json")
                .body(
                        equalTo(
                                """
                                {"servers":[{"server_id":"s1","deployments":4,"in_progress":2,"complete":1,"failed":1,\
                                "oldest_in_progress_at":"2024-06-10T10:20:30Z","last_polled_at":null},\
                                {"server_id":"s2","deployments":1,"in_progress":0,"complete":1,"failed":0,\
                                "oldest_in_progress_at":null,"last_polled_at":null}]}"""));
    }

    @Test
    void returnsAnEmptyListWithoutDeployments() {
        list("").body(equalTo("{\"servers\":[]}"));
    }

    @Test
    void returnsPagesInTheOrderOfServerIds() {
        for (String server : List.of("c", "a", "d", "b", "a")) {
            deploy(server, "COMPLETE");
        }
        list("").body("servers.server_id", equalTo(List.of("a", "b", "c", "d")));
        list("?limit=0").body("servers", equalTo(List.of()));
        list("?limit=2").body("servers.server_id", equalTo(List.of("a", "b")));
        list("?limit=2&marker=b").body("servers.server_id", equalTo(List.of("c", "d")));
        list("?limit=2&marker=bb").body("servers.server_id", equalTo(List.of("c", "d")));
        list("?marker=d").body("servers", equalTo(List.of()));
    }

    @Test
    void returnsServersWithADeploymentOfTheStatus() {
        deploy("a", "COMPLETE");
        deploy("b", "FAILED");
        deploy("b", "IN_PROGRESS");
        deploy("c", "IN_PROGRESS");
        deploy("d", "FAILED");
        deploy("d", "COMPLETE");
        list("?status=FAILED").body("servers.server_id", equalTo(List.of("b", "d")));
        list("?status=IN_PROGRESS").body("servers.server_id", equalTo(List.of("b", "c")));
        list("?status=COMPLETE").body("servers.server_id", equalTo(List.of("a", "d")));
        list("?status=COMPLETE&limit=1").body("servers.server_id", equalTo(List.of("a")));
        list("?status=COMPLETE&limit=1&marker=a").body("servers.server_id", equalTo(List.of("d")));
        list("?status=FAILED&marker=b").body("servers.deployments", equalTo(List.of(2)));
    }

    @Test
    void returnsEachOfManyServersOnce() throws Exception {
        TestDatabase.execute(
                """
                insert into software_deployment (id, tenant_id, config_id, server_id, action, status, created_at, updated_at)
                select gen_random_uuid(), '%s', 'c', 's' || to_char(i %% 1200, 'FM0000'), 'a',
                 case when i %% 1200 < 1100 then 'FAILED' else 'COMPLETE' end, now(), now()
                from generate_series(1, 2400) i"""
                        .formatted(tenant));
        TestDatabase.execute("analyze software_deployment");
        List<String> all = list("").extract().path("servers.server_id");
        assertEquals(1_200, all.stream().distinct().count());
        assertEquals(1_200, all.size());
        assertEquals(
                all.subList(1_100, 1_200), list("?status=COMPLETE").extract().path("servers.server_id"));
        assertEquals(all.subList(0, 1_100), list("?status=FAILED").extract().path("servers.server_id"));
    }

    @Test
    void rejectsInvalidParameters() {
        assertBadRequest(
                given().get(servers + "?status=DONE"),
                "Invalid",
                "Data supplied was not valid: status must be one of IN_PROGRESS, COMPLETE, FAILED");
        assertBadRequest(
                given().get(servers + "?marker=" + "x".repeat(256)),
                "Invalid",
                "Data supplied was not valid: marker must be at most 255 characters long");
        assertBadRequest(given().get(servers + "?limit=x"), "HTTPBadRequest", "Only integer is acceptable by 'limit'.");
    }

    @Test
    void recordsWhenMetadataWereRequested() throws Exception {
        for (String server : List.of("get", "head", "conditional", "agent-get", "agent-head", "never")) {
            deploy(server, "IN_PROGRESS");
        }
        String metadata = deployments + "/metadata/";
        given().get(metadata + "unknown").then().statusCode(200);
        Instant begin = Instant.now().minusSeconds(1);
        given().get(metadata + "get").then().statusCode(200);
        given().head(metadata + "head").then().statusCode(200);
        Response tag = given().head(metadata + "conditional");
        given().header("If-None-Match", tag.header("ETag"))
                .get(metadata + "conditional")
                .then()
                .statusCode(304);
        given().get(agent("agent-get")).then().statusCode(200);
        given().head(agent("agent-head")).then().statusCode(200);
        for (String server : List.of("get", "head", "conditional", "agent-get", "agent-head")) {
            assertTrue(lastPoll(servers, server).isAfter(begin), server);
        }
        list("?marker=n").body("servers.last_polled_at[0]", equalTo(null));
        assertEquals(
                List.of("0"),
                TestDatabase.query("select count(*) from server_poll where tenant_id = '" + tenant
                        + "' and server_id in ('unknown', 'never')"));
    }

    @Test
    void recordsPollsOfStackUsersForTheTenantOfTheDeployment() throws Exception {
        String project = "project-" + UUID.randomUUID();
        createId(
                """
                {"config_id": "c", "server_id": "s", "action": "a", "stack_user_project_id": "%s"}"""
                        .formatted(project));
        given().get(deploymentsOf(project) + "/metadata/s").then().statusCode(200);
        lastPoll(servers, "s");
        given().get("/v1/" + project + "/servers").then().body("servers", equalTo(List.of()));
    }

    private String agent(String server) {
        String url = given().get(deployments + "/metadata/" + server + "/agent").path("agent.metadata_url");
        return url.substring(url.indexOf("/agent/"));
    }
}
