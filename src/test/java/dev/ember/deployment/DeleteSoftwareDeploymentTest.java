package dev.ember.deployment;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DeleteSoftwareDeploymentTest extends HttpTest {

    private String id;
    private String deployment;

    @BeforeEach
    void createDeployment() {
        id = createId("""
                {"config_id": "c", "server_id": "s", "action": "a"}""");
        deployment = deployments + "/" + id;
    }

    @Test
    void deletesADeploymentPermanently() {
        Response deleted = given().delete(deployment);
        deleted.then().statusCode(204).body(emptyString());
        assertNull(deleted.header("Content-Type"));
        assertNotFound(given().get(deployment));
        assertEquals(0, TestDatabase.deploymentsOf(tenant));
    }

    @Test
    void respondsNotFoundToASecondDelete() {
        given().delete(deployment).then().statusCode(204);
        assertNotFound(given().delete(deployment));
    }

    @Test
    void doesNotDeleteOtherDeployments() {
        String other = createId("""
                {"config_id": "c", "server_id": "s", "action": "a"}""");
        given().delete(deployment).then().statusCode(204);
        given().get(deployments + "/" + other).then().statusCode(200);
    }

    @Test
    void doesNotDeleteTheConfig() {
        String config = createId(configs, "{}");
        String use =
                createId("""
                {"config_id": "%s", "server_id": "s", "action": "a"}""".formatted(config));
        given().delete(deployments + "/" + use).then().statusCode(204);
        given().get(configs + "/" + config).then().statusCode(200);
    }

    @Test
    void acceptsAnIdInUpperCase() {
        given().delete(deployments + "/" + id.toUpperCase(Locale.ROOT)).then().statusCode(204);
    }

    @Test
    void ignoresABody() {
        json("not JSON").delete(deployment).then().statusCode(204);
    }

    @Test
    void doesNotDeleteDeploymentsOfOtherTenants() {
        assertNotFound(given().delete(deploymentsOf("other") + "/" + id));
        given().get(deployment).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "x", "1-1-1-1-1", "metadata"})
    void respondsNotFoundForAnUnknownId(String unknown) {
        assertNotFound(
                given().delete(deployments + "/" + unknown),
                "NotFound",
                "Deployment with id " + unknown + " not found");
    }

    private void assertNotFound(Response response) {
        assertNotFound(response, "NotFound", "Deployment with id " + id + " not found");
    }
}
