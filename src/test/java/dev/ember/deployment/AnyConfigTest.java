package dev.ember.deployment;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By default, configs may be stored elsewhere. */
@QuarkusTest
class AnyConfigTest extends HttpTest {

    private static final String BODY = """
            {"config_id": "%s", "server_id": "s", "action": "a"}""";

    @Test
    void findsAConfigByItsIdInEitherCase() {
        String config = createId(configs, "{}");
        String deployment = createId(BODY.formatted(config.toUpperCase(Locale.ROOT)));
        given().get(deployments + "/" + deployment).then().body("software_deployment.config_id", equalTo(config));
        given().get(deployments + "/metadata/s").then().body("metadata.id", equalTo(List.of(config)));
        given().delete(configs + "/" + config).then().statusCode(409);
        for (String id : List.of(config, config.toUpperCase(Locale.ROOT))) {
            given().get(deployments + "?config_id=" + id)
                    .then()
                    .body("software_deployments.id", equalTo(List.of(deployment)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABCDEF", "0123456789ABCDEF0123456789ABCDEF", "A-B-C-D-E"})
    void preservesTheCaseOfAnIdThatIsNotAUuid(String config) {
        String deployment = createId(BODY.formatted(config));
        given().get(deployments + "?config_id=" + config)
                .then()
                .body("software_deployments.id", equalTo(List.of(deployment)))
                .body("software_deployments[0].config_id", equalTo(config));
        given().get(deployments + "?config_id=" + config.toLowerCase(Locale.ROOT))
                .then()
                .body("software_deployments", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "not a UUID", "5"})
    void acceptsAnUnknownConfig(String config) {
        String id = createId(BODY.formatted(config));
        json("{\"config_id\": \"%s too\"}".formatted(config))
                .put(deployments + "/" + id)
                .then()
                .statusCode(200)
                .body("software_deployment.config_id", equalTo(config + " too"));
    }
}
