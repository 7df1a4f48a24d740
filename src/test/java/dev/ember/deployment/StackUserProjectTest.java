package dev.ember.deployment;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The project of a server's own user may operate on the deployments that name it, and on nothing else. */
@QuarkusTest
class StackUserProjectTest extends HttpTest {

    private final String project = "project-" + UUID.randomUUID();
    private final String seen = deploymentsOf(project);

    private String config;
    private String id;

    @BeforeEach
    void createOneForTheProject() {
        config = createId(configs, "{\"name\": \"shared\", \"config\": \"echo\"}");
        id = create(config, project);
    }

    @Test
    void showsTheDeployment() {
        assertEquals(
                given().get(deployments + "/" + id).asString(),
                given().get(seen + "/" + id).asString());
    }

    @Test
    void listsTheDeploymentAmongItsOwn() {
        String first = createId(seen, "{\"config_id\": \"c\", \"server_id\": \"s\", \"action\": \"a\"}");
        String second = create("c", project);
        create("c", "another-project");
        given().get(seen).then().body("software_deployments.id", equalTo(List.of(id, first, second)));
        given().queryParam("limit", 2).get(seen).then().body("software_deployments.id", equalTo(List.of(id, first)));
        given().queryParam("marker", id)
                .get(seen)
                .then()
                .body("software_deployments.id", equalTo(List.of(first, second)));
        given().queryParam("config_id", "c")
                .get(seen)
                .then()
                .body("software_deployments.id", equalTo(List.of(first, second)));
    }

    @Test
    void listsADeploymentOfItsOwnThatNamesItselfOnce() {
        String own = createId(
                seen,
                """
                {"config_id": "c", "server_id": "s", "action": "a", "stack_user_project_id": "%s"}"""
                        .formatted(project));
        given().get(seen).then().body("software_deployments.id", equalTo(List.of(id, own)));
    }

    @Test
    void updatesTheDeployment() {
        json("{\"status\": \"COMPLETE\", \"output_values\": {\"o\": 1}}")
                .put(seen + "/" + id)
                .then()
                .statusCode(200);
        given().get(deployments + "/" + id)
                .then()
                .body("software_deployment.status", equalTo("COMPLETE"))
                .body("software_deployment.output_values.o", equalTo(1));
    }

    @Test
    void deletesTheDeployment() {
        given().delete(seen + "/" + id).then().statusCode(204);
        given().get(deployments + "/" + id).then().statusCode(404);
    }

    @Test
    void readsTheConfigInTheMetadataOfTheServer() {
        given().get(seen + "/metadata/s")
                .then()
                .body("metadata.id", equalTo(List.of(config)))
                .body("metadata[0].config", equalTo("echo"));
    }

    @Test
    void doesNotSeeTheConfigItself() {
        given().get(configsOf(project) + "/" + config).then().statusCode(404);
        given().delete(configsOf(project) + "/" + config).then().statusCode(404);
        given().get(configsOf(project)).then().body("software_configs", hasSize(0));
    }

    /** Otherwise it could read, in the metadata, any config of the deployment's tenant. */
    @Test
    void cannotGiveTheDeploymentAnotherConfig() {
        String secret = createId(configs, "{\"config\": \"secret\"}");
        assertBadRequest(
                json("{\"config_id\": \"%s\", \"status\": \"FAILED\"}".formatted(secret))
                        .put(seen + "/" + id),
                "Invalid",
                "Data supplied was not valid: Config with id " + secret + " not found");
        given().get(deployments + "/" + id)
                .then()
                .body("software_deployment.config_id", equalTo(config))
                .body("software_deployment.status", equalTo("IN_PROGRESS"));
    }

    @Test
    void mayNameTheConfigThatTheDeploymentHas() {
        json("{\"config_id\": \"%s\"}".formatted(config))
                .put(seen + "/" + id)
                .then()
                .statusCode(200);
    }

    @Test
    void cannotReplaceTheProject() {
        json("{\"stack_user_project_id\": \"another-project\"}")
                .put(seen + "/" + id)
                .then()
                .statusCode(200);
        given().get(seen + "/" + id).then().statusCode(200);
        given().get(deploymentsOf("another-project") + "/" + id).then().statusCode(404);
    }

    @Test
    void isHiddenFromEveryOtherTenant() {
        String other = deploymentsOf("other-" + UUID.randomUUID());
        given().get(other + "/" + id).then().statusCode(404);
        json("{}").put(other + "/" + id).then().statusCode(404);
        given().delete(other + "/" + id).then().statusCode(404);
        given().get(other).then().body("software_deployments", hasSize(0));
        given().get(other + "/metadata/s").then().body("metadata", hasSize(0));
    }

    private String create(String configId, String stackUserProject) {
        return createId(
                """
                {"config_id": "%s", "server_id": "s", "action": "a", "stack_user_project_id": "%s"}"""
                        .formatted(configId, stackUserProject));
    }
}
