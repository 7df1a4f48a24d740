package dev.ember.identity.keystone;

import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The events of a deployment name the users who have updated it. */
@QuarkusTest
class EventUserTest extends KeystoneTest {

    @Test
    void namesTheUserOfAnUpdate() {
        String id = with(member)
                .contentType("application/json")
                .body(BODY)
                .post(deployments)
                .path("software_deployment.id");
        with(member)
                .contentType("application/json")
                .body("{\"status\": \"COMPLETE\"}")
                .put(deployments + "/" + id)
                .then()
                .statusCode(200);
        with(member)
                .get(deployments + "/" + id + "/events")
                .then()
                .statusCode(200)
                .body("events.user_id", equalTo(Arrays.asList(null, "user-1")));
    }
}
