package dev.ember.agent;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A service without a public URL and a signing key. It has no twin for the binary: there, the settings of the test's
 * database, which enable agents, win over those of a profile.
 */
@QuarkusTest
@TestProfile(AgentsDisabledTest.Profile.class)
class AgentsDisabledTest extends AgentRequests {

    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("ember.public-url", "", "ember.signing-key", "");
        }
    }

    @Test
    void respondsNotFoundToAgents() {
        String id = deploy("{}");
        Signatures signatures = new Signatures(Signatures.KEY);
        assertWrong(get(signatures.metadataPath(tenant, server)));
        assertWrong(signal(signatures.signalPath(tenant, id, 0), "{}"));
        show(id).body("software_deployment.status", equalTo("IN_PROGRESS"));
    }

    @Test
    void describesNoAgent() {
        given().get(deployments + "/metadata/" + server + "/agent")
                .then()
                .statusCode(404)
                .body("error.type", equalTo("HTTPNotFound"));
    }
}
