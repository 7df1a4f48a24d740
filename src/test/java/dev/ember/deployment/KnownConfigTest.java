package dev.ember.deployment;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.in;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import dev.ember.Together;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deployments may refer only to configs that this service stores. */
@QuarkusTest
@TestProfile(KnownConfigTest.Profile.class)
class KnownConfigTest extends HttpTest {

    private static final int ROUNDS = 40;

    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("ember.config-references", "known");
        }
    }

    @Test
    void acceptsAConfigOfTheSameTenant() {
        String config = createId(configs, "{}");
        createWith(config).then().statusCode(200).body("software_deployment.config_id", equalTo(config));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "not a UUID", "1-1-1-1-1", "5"})
    void rejectsAnUnknownConfig(String unknown) {
        assertUnknown(createWith(unknown), unknown);
        assertEquals(0, TestDatabase.deploymentsOf(tenant));
    }

    @Test
    void acceptsAConfigIdInUpperCaseOnCreate() {
        String config = createId(configs, "{}");
        createWith(config.toUpperCase(Locale.ROOT))
                .then()
                .statusCode(200)
                .body("software_deployment.config_id", equalTo(config));
        given().delete(configs + "/" + config).then().statusCode(409);
    }

    @Test
    void acceptsAConfigIdInUpperCaseOnUpdate() {
        String deployment = deployments + "/" + createId(body(createId(configs, "{}")));
        String next = createId(configs, "{}");
        json("{\"config_id\": \"%s\"}".formatted(next.toUpperCase(Locale.ROOT)))
                .put(deployment)
                .then()
                .statusCode(200)
                .body("software_deployment.config_id", equalTo(next));
        given().delete(configs + "/" + next).then().statusCode(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s ", "{%s}", "urn:uuid:%s"})
    void rejectsOtherNotationsOfAUuid(String notation) {
        String config = notation.formatted(createId(configs, "{}"));
        assertUnknown(createWith(config), config);
    }

    @Test
    void rejectsAUuidWithoutDashes() {
        String config = createId(configs, "{}").replace("-", "");
        assertUnknown(createWith(config), config);
    }

    @Test
    void rejectsAConfigOfAnotherTenant() {
        String foreign = createId(configsOf("other"), "{}");
        assertUnknown(createWith(foreign), foreign);
        assertEquals(0, TestDatabase.deploymentsOf(tenant));
    }

    @Test
    void validatesFieldsBeforeItLooksUpTheConfig() {
        assertBadRequest(
                json("{\"config_id\": \"x\", \"server_id\": \"s\"}").post(deployments),
                "Invalid",
                "Data supplied was not valid: action is required and must not be blank");
    }

    @Test
    void acceptsAnUpdateToAnotherKnownConfig() {
        String deployment = deployments + "/" + createId(body(createId(configs, "{}")));
        String next = createId(configs, "{}");
        json("{\"config_id\": \"%s\"}".formatted(next))
                .put(deployment)
                .then()
                .statusCode(200)
                .body("software_deployment.config_id", equalTo(next));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "not a UUID"})
    void rejectsAnUpdateToAnUnknownConfigAndChangesNothing(String unknown) {
        String deployment = deployments + "/" + createId(body(createId(configs, "{}")));
        String before = given().get(deployment).asString();
        assertUnknown(
                json("{\"config_id\": \"%s\", \"status\": \"FAILED\"}".formatted(unknown))
                        .put(deployment),
                unknown);
        assertEquals(before, given().get(deployment).asString());
    }

    @Test
    void rejectsAnUpdateToAConfigOfAnotherTenant() {
        String deployment = deployments + "/" + createId(body(createId(configs, "{}")));
        String foreign = createId(configsOf("other"), "{}");
        assertUnknown(json("{\"config_id\": \"%s\"}".formatted(foreign)).put(deployment), foreign);
    }

    @Test
    void rejectsEitherACreateOrTheConcurrentDeleteOfItsConfig() {
        for (int round = 0; round < ROUNDS; round++) {
            String config = createId(configs, "{}");
            List<Integer> statuses =
                    Together.run(() -> given().delete(configs + "/" + config).statusCode(), () -> createWith(config)
                            .statusCode());
            assertThat(statuses, in(List.of(List.of(204, 400), List.of(409, 200))));
        }
    }

    @Test
    void rejectsEitherAnUpdateOrTheConcurrentDeleteOfItsConfig() {
        String deployment = deployments + "/" + createId(body(createId(configs, "{}")));
        for (int round = 0; round < ROUNDS; round++) {
            String config = createId(configs, "{}");
            List<Integer> statuses = Together.run(
                    () -> given().delete(configs + "/" + config).statusCode(),
                    () -> json("{\"config_id\": \"%s\"}".formatted(config))
                            .put(deployment)
                            .statusCode());
            assertThat(statuses, in(List.of(List.of(204, 400), List.of(409, 200))));
        }
    }

    private Response createWith(String config) {
        return json(body(config)).post(deployments);
    }

    private static String body(String config) {
        return """
                {"config_id": "%s", "server_id": "s", "action": "a"}""".formatted(config);
    }

    private static void assertUnknown(Response response, String config) {
        assertBadRequest(response, "Invalid", "Data supplied was not valid: Config with id " + config + " not found");
    }
}
