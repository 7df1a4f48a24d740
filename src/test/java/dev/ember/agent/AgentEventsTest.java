package dev.ember.agent;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The events of deployments that agents have run. */
@QuarkusTest
class AgentEventsTest extends AgentRequests {

    @Test
    void returnsSignalsWithTheirRun() {
        String id = deploy("null");
        signal(signalPath(), "{\"deploy_status_code\": 1}").then().statusCode(200);
        update(id, "{\"status\": \"IN_PROGRESS\"}");
        Response signalled = signal(signalPath(), "{\"result\": 1}");
        given().get(deployments + "/" + id + "/events")
                .then()
                .statusCode(200)
                .body("events.type", equalTo(List.of("created", "signalled", "updated", "signalled")))
                .body("events.status", equalTo(List.of("IN_PROGRESS", "FAILED", "IN_PROGRESS", "COMPLETE")))
                .body("events.run", equalTo(List.of(0, 0, 1, 1)))
                .body("events.user_id", equalTo(Arrays.asList(null, null, null, null)))
                .body("events[3].status_reason", equalTo("Outputs received"))
                .body("events[3].request_id", equalTo(signalled.header("X-Openstack-Request-Id")));
    }

    @Test
    void storesNoEventOfAnIgnoredSignal() {
        String id = deploy("null");
        String path = signalPath();
        for (int i = 0; i < 3; i++) {
            signal(path, "{}").then().statusCode(200);
        }
        given().get(deployments + "/" + id + "/events")
                .then()
                .body("events.type", equalTo(List.of("created", "signalled")));
    }
}
