package dev.ember.config;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ember.HttpTest;
import dev.ember.Together;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DeleteSoftwareConfigTest extends HttpTest {

    private String id;
    private String config;

    @BeforeEach
    void createConfig() {
        id = createId(configs, "{}");
        config = configs + "/" + id;
    }

    @Test
    void deletesAConfigPermanently() {
        Response deleted = given().delete(config);
        deleted.then().statusCode(204).body(emptyString());
        assertNull(deleted.header("Content-Type"));
        assertNotFound(given().get(config), "NotFound", "Software config with id " + id + " not found");
    }

    @Test
    void respondsNotFoundToASecondDelete() {
        given().delete(config).then().statusCode(204);
        assertNotFound(given().delete(config), "NotFound", "Software config with id " + id + " not found");
    }

    @Test
    void acceptsAnIdInUpperCase() {
        given().delete(configs + "/" + id.toUpperCase(Locale.ROOT)).then().statusCode(204);
    }

    @Test
    void ignoresABody() {
        json("not JSON").delete(config).then().statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "x", "1-1-1-1-1"})
    void respondsNotFoundForAnUnknownId(String unknown) {
        assertNotFound(
                given().delete(configs + "/" + unknown),
                "NotFound",
                "Software config with id " + unknown + " not found");
    }

    @Test
    void doesNotDeleteConfigsOfOtherTenants() {
        assertNotFound(
                given().delete(configsOf("other") + "/" + id),
                "NotFound",
                "Software config with id " + id + " not found");
        given().get(config).then().statusCode(200);
    }

    @Test
    void rejectsTheDeletionOfAConfigInUse() {
        String deployment =
                createId("""
                {"config_id": "%s", "server_id": "s", "action": "a"}""".formatted(id));
        assertFault(
                given().delete(config),
                409,
                "Conflict",
                "There was a conflict when trying to complete your request.",
                "InvalidRestrictedAction",
                "Software config with id " + id + " can not be deleted as it is referenced.");
        given().get(config).then().statusCode(200);

        given().delete(deployments + "/" + deployment).then().statusCode(204);
        given().delete(config).then().statusCode(204);
    }

    @Test
    void ignoresDeploymentsOfOtherTenants() {
        json("""
                {"config_id": "%s", "server_id": "s", "action": "a", "stack_user_project_id": "%s"}"""
                        .formatted(id, tenant))
                .post(deploymentsOf("other"))
                .then()
                .statusCode(200);
        given().delete(config).then().statusCode(204);
    }

    @RepeatedTest(10)
    void respondsNotFoundToOneOfTwoConcurrentDeletes() {
        List<Integer> statuses = Together.run(() -> given().delete(config).statusCode(), () -> given().delete(config)
                .statusCode());
        assertEquals(List.of(204, 404), statuses.stream().sorted().toList());
    }
}
