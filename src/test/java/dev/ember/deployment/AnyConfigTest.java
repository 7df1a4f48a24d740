package dev.ember.deployment;

import static org.hamcrest.Matchers.equalTo;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As long as nothing else is set, configs may be kept elsewhere. */
@QuarkusTest
class AnyConfigTest extends HttpTest {

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "not a UUID", "5"})
    void aDeploymentMayReferToAConfigThatIsNotKnownHere(String config) {
        String id =
                createId("""
                {"config_id": "%s", "server_id": "s", "action": "a"}""".formatted(config));
        json("{\"config_id\": \"%s too\"}".formatted(config))
                .put(deployments + "/" + id)
                .then()
                .statusCode(200)
                .body("software_deployment.config_id", equalTo(config + " too"));
    }
}
