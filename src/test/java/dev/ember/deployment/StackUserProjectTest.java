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

/** The project of a server's stack user may operate on the deployments that name it, and on no other resources. */
@QuarkusTest
class StackUserProjectTest extends HttpTest {

    private final String project = "project-" + UUID.randomUUID();
    private final String projectDeployments = deploymentsOf(project);

    private String config;
    private String id;

    @BeforeEach
    void createDeploymentOfTheProject() {
        config = createId(configs, "{\"name\": \"shared\", \"config\": \"echo\"}");
        id = create(config, project);
    }

    @Test
    void showsTheDeployment() {
        assertEquals(
                given().get(deployments + "/" + id).asString(),
                given().get(projectDeployments + "/" + id).asString());
    }

    @Test
    void listsTheDeploymentAmongItsOwn() {
        String first = createId(projectDeployments, "{\"config_id\": \"c\", \"server_id\": \"s\", \"action\": \"a\"}");
        String second = create("c", project);
        create("c", "another-project");
        given().get(projectDeployments).then().body("software_deployments.id", equalTo(List.of(id, first, second)));
        given().queryParam("limit", 2)
                .get(projectDeployments)
                .then()
                .body("software_deployments.id", equalTo(List.of(id, first)));
        given().queryParam("marker", id)
                .get(projectDeployments)
                .then()
                .body("software_deployments.id", equalTo(List.of(first, second)));
        given().queryParam("config_id", "c")
                .get(projectDeployments)
                .then()
                .body("software_deployments.id", equalTo(List.of(first, second)));
    }

    @Test
    void listsItsOwnDeploymentOnceIfItIsAlsoTheStackUserProject() {
        String own = createId(
                projectDeployments,
                """
                {"config_id": "c", "server_id": "s", "action": "a", "stack_user_project_id": "%s"}"""
                        .formatted(project));
        given().get(projectDeployments).then().body("software_deployments.id", equalTo(List.of(id, own)));
    }

    @Test
    void updatesTheDeployment() {
        json("{\"status\": \"COMPLETE\", \"output_values\": {\"o\": 1}}")
                .put(projectDeployments + "/" + id)
                .then()
                .statusCode(200);
        given().get(deployments + "/" + id)
                .then()
                .body("software_deployment.status", equalTo("COMPLETE"))
                .body("software_deployment.output_values.o", equalTo(1));
    }

    @Test
    void deletesTheDeployment() {
        given().delete(projectDeployments + "/" + id).then().statusCode(204);
        given().get(deployments + "/" + id).then().statusCode(404);
    }

    @Test
    void readsTheConfigInTheMetadataOfTheServer() {
        given().get(projectDeployments + "/metadata/s")
                .then()
                .body("metadata.id", equalTo(List.of(config)))
                .body("metadata[0].config", equalTo("echo"));
    }

    @Test
    void cannotAccessTheConfigDirectly() {
        given().get(configsOf(project) + "/" + config).then().statusCode(404);
        given().delete(configsOf(project) + "/" + config).then().statusCode(404);
        given().get(configsOf(project)).then().body("software_configs", hasSize(0));
    }

    /** Otherwise the project could read any config of the deployment's tenant in the metadata. */
    @Test
    void cannotChangeTheConfigOfTheDeployment() {
        String secret = createId(configs, "{\"config\": \"secret\"}");
        assertBadRequest(
                json("{\"config_id\": \"%s\", \"status\": \"FAILED\"}".formatted(secret))
                        .put(projectDeployments + "/" + id),
                "Invalid",
                "Data supplied was not valid: Config with id " + secret + " not found");
        given().get(deployments + "/" + id)
                .then()
                .body("software_deployment.config_id", equalTo(config))
                .body("software_deployment.status", equalTo("IN_PROGRESS"));
    }

    @Test
    void canSendTheCurrentConfigOfTheDeployment() {
        json("{\"config_id\": \"%s\"}".formatted(config))
                .put(projectDeployments + "/" + id)
                .then()
                .statusCode(200);
    }

    @Test
    void cannotChangeTheStackUserProject() {
        json("{\"stack_user_project_id\": \"another-project\"}")
                .put(projectDeployments + "/" + id)
                .then()
                .statusCode(200);
        given().get(projectDeployments + "/" + id).then().statusCode(200);
        given().get(deploymentsOf("another-project") + "/" + id).then().statusCode(404);
    }

    @Test
    void hidesTheDeploymentFromOtherTenants() {
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
