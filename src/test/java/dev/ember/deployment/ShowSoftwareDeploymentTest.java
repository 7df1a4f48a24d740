package dev.ember.deployment;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ShowSoftwareDeploymentTest extends HttpTest {

    private Response created;
    private String id;

    @BeforeEach
    void createDeployment() {
        created = create(
                """
                {"config_id": "c", "server_id": "s", "action": "a", "status": "FAILED", "status_reason": "",
                 "input_values": {}}""");
        id = created.path("software_deployment.id");
    }

    @Test
    void returnsTheSameBodyAsCreate() {
        Response shown = given().get(deployments + "/" + id);
        shown.then().statusCode(200).contentType("application/json");
        assertEquals(created.asString(), shown.asString());
    }

    @Test
    void acceptsAnIdInUpperCase() {
        given().get(deployments + "/" + id.toUpperCase(Locale.ROOT)).then().statusCode(200);
    }

    @Test
    void respondsToHeadLikeGet() {
        given().head(deployments + "/" + id).then().statusCode(200).body(emptyString());
        given().head(deployments + "/x").then().statusCode(404).body(emptyString());
    }

    @Test
    void ignoresABody() {
        json("{\"a\": 1}").get(deployments + "/" + id).then().statusCode(200);
        json("not JSON").get(deployments + "/" + id).then().statusCode(200);
    }

    @Test
    void hidesADeploymentFromOtherTenants() {
        Response response = given().get("/v1/other-" + tenant.substring(0, 20) + "/software_deployments/" + id);
        assertNotFound(response, "NotFound", "Deployment with id " + id + " not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "x", "1-1-1-1-1", "0", "metadata"})
    void respondsNotFoundForAnUnknownId(String unknown) {
        assertNotFound(
                given().get(deployments + "/" + unknown), "NotFound", "Deployment with id " + unknown + " not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%ff", "a%2Fb", "%20", "%D0%B0"})
    void respondsNotFoundForAnUnknownEncodedId(String unknown) {
        given().urlEncodingEnabled(false)
                .get(deployments + "/" + unknown)
                .then()
                .statusCode(404);
    }
}
