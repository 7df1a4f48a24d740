package dev.ember.pipeline;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.ember.TestDatabase;
import dev.ember.Together;
import dev.ember.pipeline.framing.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** More concurrent requests than the concurrency limit. */
@QuarkusTest
@TestProfile(ConcurrencyLimitTest.Profile.class)
class ConcurrencyLimitTest extends LimitsTest {

    private static final int MAX_REQUESTS = 8;
    private static final int MANY = 24;

    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("ember.max-requests", Integer.toString(MAX_REQUESTS));
        }
    }

    @Test
    void rejectsRequestsOverTheLimitWhileHealthResponds() throws SQLException {
        String path = deployments + "/" + createId(BODY);
        try (Connection connection = TestDatabase.connect();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("lock table software_deployment in access exclusive mode");
            List<Callable<Response>> requests = new ArrayList<>(Collections.nCopies(MANY, () -> given().get(path)));
            for (String free : List.of("/q/health/live", "/q/health/ready", "/q/metrics", "/healthcheck")) {
                requests.add(() -> given().get(free));
            }
            List<Response> responses = Together.run(requests);
            responses.subList(MANY, responses.size()).forEach(response -> response.then()
                    .statusCode(200));
            Response rejected = responses.stream()
                    .filter(response -> response.asString().contains("limit of concurrent requests"))
                    .findAny()
                    .orElseThrow();
            assertUnavailable(rejected, "The limit of concurrent requests is reached; try again later");
        }
        assertThat(given().get("/q/metrics").asString(), containsString("ember_requests_refused_total "));
        awaitMetric("ember_requests_in_progress", 0);
        given().get(path).then().statusCode(200);
    }

    /** Template validation needs no database. */
    @Test
    void servesOtherTenantsWhileOneTenantIsAtItsLimit() throws SQLException {
        String path = deployments + "/" + createId(BODY);
        try (Connection connection = TestDatabase.connect();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("lock table software_deployment in access exclusive mode");
            List<Callable<Response>> requests = new ArrayList<>(Collections.nCopies(MANY, () -> given().get(path)));
            requests.add(() -> {
                awaitMetric("ember_requests_in_progress", MAX_REQUESTS - 1);
                return json("{\"template\": {}}").post("/v1/other/validate");
            });
            Together.run(requests).get(MANY).then().statusCode(200);
        }
    }

    @Test
    void releasesThePermitsOfClientsThatDisconnect() throws IOException, SQLException {
        String path = deployments + "/" + createId(BODY);
        try (Connection connection = TestDatabase.connect();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("lock table software_deployment in access exclusive mode");
            for (String asked : List.of(path, deployments, deployments + "?limit=1")) {
                try (RawConnection client = new RawConnection()) {
                    client.send("GET " + asked + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    awaitWaiting();
                }
            }
        }
        awaitMetric("ember_requests_in_progress", 0);
        given().get(path).then().statusCode(200);
    }

    /** Waits until a request waits for the lock in the database. */
    private static void awaitWaiting() {
        List<String> waiting = List.of();
        while (waiting.isEmpty()) {
            waiting = TestDatabase.query("select 1 from pg_stat_activity"
                    + " where application_name = 'ember' and wait_event_type = 'Lock'");
        }
    }
}
