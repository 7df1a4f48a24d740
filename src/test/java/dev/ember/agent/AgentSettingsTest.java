package dev.ember.agent;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A service that rotates its key, and that sets the polling interval of agents. */
@QuarkusTest
@TestProfile(AgentSettingsTest.Profile.class)
class AgentSettingsTest extends AgentRequests {

    private static final String PREVIOUS_KEY = "fedcba9876543210".repeat(4);
    private static final String FORGOTTEN_KEY = "00112233445566778899aabbccddeeff".repeat(2);

    private final Signatures newest = new Signatures(Signatures.KEY);
    private final Signatures previous = new Signatures(PREVIOUS_KEY);

    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("ember.signing-key-previous", PREVIOUS_KEY, "ember.agent-polling-interval", "90S");
        }
    }

    @Test
    void acceptsUrlsThatThePreviousKeySigned() {
        String id = deploy("{}");
        String path = previous.metadataPath(tenant, server);
        get(path).then().statusCode(200).body("deployments.deployment_id", contains(id));
        given().urlEncodingEnabled(false).head(path).then().statusCode(200);
        signal(previous.signalPath(tenant, id, 0), "{}").then().statusCode(200);
        show(id).body("software_deployment.status", equalTo("COMPLETE"));
    }

    @Test
    void handsOutUrlsThatTheNewestKeySigned() {
        String id = deploy("{}");
        assertEquals(newest.metadataPath(tenant, server), path(metadataUrl()));
        get(previous.metadataPath(tenant, server))
                .then()
                .body(
                        "'os-collect-config'.request.metadata_url",
                        equalTo("https://ember.test" + newest.metadataPath(tenant, server)))
                .body(
                        "deployments[0].inputs.findAll { it.name == 'deploy_signal_id' }.value",
                        contains("https://ember.test" + newest.signalPath(tenant, id, 0)));
    }

    @Test
    void returnsTheSameTagForBothKeys() {
        deploy("{}");
        String tag = get(previous.metadataPath(tenant, server)).header("ETag");
        get(newest.metadataPath(tenant, server)).then().statusCode(200).header("ETag", tag);
    }

    @Test
    void rejectsUrlsThatAForgottenKeySigned() {
        String id = deploy("{}");
        Signatures forgotten = new Signatures(FORGOTTEN_KEY);
        assertWrong(get(forgotten.metadataPath(tenant, server)));
        assertWrong(signal(forgotten.signalPath(tenant, id, 0), "{}"));
        show(id).body("software_deployment.status", equalTo("IN_PROGRESS"));
    }

    @Test
    void passesThePollingIntervalOnWithTheMetadata() {
        metadata().body("'os-collect-config'.polling_interval", equalTo(90));
    }

    @Test
    void passesThePollingIntervalOnWithTheUserData() throws IOException {
        JsonNode files = new YAMLMapper().readTree(userData()).get("write_files");
        assertEquals(
                List.of(
                        "[DEFAULT]",
                        "command = os-refresh-config",
                        "collectors = request",
                        "collectors = local",
                        "polling_interval = 90",
                        "[request]",
                        "metadata_url = " + metadataUrl()),
                files.get(0).get("content").textValue().lines().toList());
        JsonNode metadata =
                new JsonMapper().readTree(files.get(1).get("content").textValue());
        assertEquals(
                90, metadata.path("os-collect-config").path("polling_interval").intValue());
    }
}
