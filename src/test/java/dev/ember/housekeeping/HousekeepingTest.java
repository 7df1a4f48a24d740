package dev.ember.housekeeping;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HousekeepingTest.Profile.class)
class HousekeepingTest extends HttpTest {

    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "ember.housekeeping-interval", "1S",
                    "ember.stale-deployment-age", "2H",
                    "ember.deployment-retention", "30D",
                    "ember.deployment-retention-per-tenant", "3");
        }
    }

    /** Stores a deployment that was created years ago and last updated before the given time. */
    private String store(String status, String age) throws SQLException {
        TestDatabase.execute("insert into tenant (id) values ('" + tenant + "') on conflict do nothing");
        String id = "01900000-0000-7000-" + UUID.randomUUID().toString().substring(19);
        TestDatabase.execute(
                """
                insert into software_deployment (id, tenant_id, config_id, server_id, action, status, created_at, updated_at)
                values ('%s', '%s', 'c', 's', 'a', '%s', '2024-06-10', now() - interval '%s')"""
                        .formatted(id, tenant, status, age));
        return deployments + "/" + id;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
            Thread.sleep(100);
        }
        assertTrue(condition.getAsBoolean());
    }

    /** Awaits a metric. The service counts a change after its commit, so a client can see the change first. */
    private static void awaitMetric(String metric) throws InterruptedException {
        await(() -> given().get("/q/metrics").asString().contains(metric));
    }

    @Test
    void failsOnlyStaleDeployments() throws Exception {
        String recent = store("IN_PROGRESS", "1 hour");
        String complete = store("COMPLETE", "3 hours");
        String stale = store("IN_PROGRESS", "3 hours");
        String tag = "\"" + stale.substring(stale.lastIndexOf('/') + 1) + ".0\"";
        await(() -> given().get(stale).path("software_deployment.status").equals("FAILED"));
        given().header("If-None-Match", tag)
                .get(stale)
                .then()
                .statusCode(200)
                .body(
                        "software_deployment.status_reason",
                        equalTo("Failed by the service: no update for 7200 seconds"));
        given().get(stale + "/events")
                .then()
                .body("events.type", equalTo(List.of("created", "expired")))
                .body("events.status", equalTo(List.of("IN_PROGRESS", "FAILED")))
                .body("events[1].request_id", nullValue());
        given().get(recent).then().body("software_deployment.status", equalTo("IN_PROGRESS"));
        given().get(complete).then().body("software_deployment.status", equalTo("COMPLETE"));
        awaitMetric("ember_housekeeping_deployments_failed_total");
    }

    @Test
    void deletesOnlyExpiredDeployments() throws Exception {
        String unexpired = store("COMPLETE", "29 days");
        String running = store("IN_PROGRESS", "1 minute");
        String complete = store("COMPLETE", "31 days");
        String failed = store("FAILED", "31 days");
        await(() ->
                given().get(complete).statusCode() == 404 && given().get(failed).statusCode() == 404);
        given().get(unexpired).then().statusCode(200);
        given().get(running).then().statusCode(200);
        awaitMetric("ember_housekeeping_deployments_deleted_total{reason=\"expired\"");
    }

    @Test
    void retainsTheNewestDeploymentsAndThoseInProgress() throws Exception {
        List<String> retained = new ArrayList<>();
        for (String status :
                List.of("IN_PROGRESS", "COMPLETE", "FAILED", "COMPLETE", "COMPLETE", "FAILED", "IN_PROGRESS")) {
            String id = createId(
                    """
                    {"config_id": "c", "server_id": "s", "action": "a", "status": "%s"}"""
                            .formatted(status));
            retained.add(id);
        }
        retained.remove(1);
        retained.remove(1);
        await(() -> TestDatabase.deploymentsOf(tenant) <= 5);
        assertEquals(retained, given().get(deployments).path("software_deployments.id"));
    }

    @Test
    void purgesExpiredIdempotencyKeys() throws Exception {
        for (String key : List.of("old", "new")) {
            json("{\"config_id\": \"c\", \"server_id\": \"s\", \"action\": \"a\"}")
                    .header("Idempotency-Key", key)
                    .post(deployments);
        }
        TestDatabase.execute(
                "update idempotency_key set created_at = now() - interval '24 hours' where key = 'old' and tenant_id = '"
                        + tenant + "'");
        await(() -> TestDatabase.query("select key from idempotency_key where tenant_id = '" + tenant + "'")
                .equals(List.of("new")));
    }
}
