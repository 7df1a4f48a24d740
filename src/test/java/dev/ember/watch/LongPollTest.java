package dev.ember.watch;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.FailingTable;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class LongPollTest extends WaitingRequests {

    private String createPath() {
        return deployments + "/" + createId(BODY);
    }

    @Test
    void respondsWhenTheDeploymentChanges() throws Exception {
        String path = createPath();
        CompletableFuture<Response> response = await(path);
        assertFalse(response.isDone());
        Response updated = json("{\"status\": \"COMPLETE\"}").put(path);
        respond(response)
                .then()
                .statusCode(200)
                .header("Preference-Applied", "wait=60")
                .header("ETag", updated.header("ETag"))
                .body("software_deployment.status", equalTo("COMPLETE"));
    }

    @Test
    void respondsWhenAnotherReplicaChangesTheDeployment() throws Exception {
        String path = createPath();
        CompletableFuture<Response> response = await(path);
        TestDatabase.execute(
                """
                with changed as (
                    update software_deployment set version = version + 1, action = 'b'
                    where tenant_id = '%s' returning tenant_id, server_id, id)
                insert into deployment_change (tenant_id, server_id, deployment_id) select * from changed"""
                        .formatted(tenant));
        respond(response).then().statusCode(200).body("software_deployment.action", equalTo("b"));
    }

    @Test
    void createsNothingWhenTheChangeCannotBeStored() throws Exception {
        CompletableFuture<Response> waiting = await(createPath());
        FailingTable.always("deployment_change", tenant, "53100")
                .during(() -> json(BODY).post(deployments))
                .then()
                .statusCode(503);
        given().get(deployments).then().body("software_deployments", hasSize(1));
        assertFalse(waiting.isDone());
    }

    @Test
    void respondsWhenTheDeploymentIsDeleted() throws Exception {
        String path = createPath();
        CompletableFuture<Response> response = await(path);
        given().delete(path).then().statusCode(204);
        assertNotFound(
                respond(response),
                "NotFound",
                "Deployment with id " + path.substring(path.lastIndexOf('/') + 1) + " not found");
    }

    @Test
    void respondsWhenTheMetadataChange() throws Exception {
        String config = createId(configs, "{\"name\": \"n\"}");
        CompletableFuture<Response> response = await(deployments + "/metadata/s");
        createId(BODY.replace("\"c\"", "\"" + config + "\""));
        respond(response)
                .then()
                .statusCode(200)
                .header("Preference-Applied", "wait=60")
                .body("metadata", hasSize(1));
    }

    @Test
    void respondsWhenTheMetadataOfAnAgentChange() throws Exception {
        String config = createId(configs, "{\"name\": \"n\"}");
        String url = given().get(deployments + "/metadata/s/agent").path("agent.metadata_url");
        CompletableFuture<Response> response = await(url.substring(url.indexOf("/agent/")));
        createId(BODY.replace("\"c\"", "\"" + config + "\""));
        respond(response)
                .then()
                .statusCode(200)
                .header("Preference-Applied", "wait=60")
                .body("deployments", hasSize(1));
    }

    @Test
    void waitsDuringOtherChanges() throws Exception {
        String path = createPath();
        CompletableFuture<Response> response = await(path);
        createId(BODY);
        Thread.sleep(1_000);
        assertFalse(response.isDone());
        json("{}").put(path);
        assertEquals(200, respond(response).statusCode());
    }

    @Test
    void respondsNotModifiedAfterTheWait() {
        String path = createPath();
        String tag = given().get(path).header("ETag");
        long begin = System.nanoTime();
        get(path, tag, "wait=1").then().statusCode(304).header("ETag", tag).header("Preference-Applied", "wait=1");
        assertTrue(System.nanoTime() - begin >= TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void respondsAtOnceWithAnotherState() {
        get(createPath(), "\"x\"", "wait=60").then().statusCode(200).header("Preference-Applied", "wait=60");
    }

    @Test
    void ignoresThePreferenceWithoutIfNoneMatch() {
        given().header("Prefer", "wait=60")
                .get(createPath())
                .then()
                .statusCode(200)
                .header("Preference-Applied", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait", "wait=0", "wait=x", "=", "respond-async"})
    void ignoresAnotherPreference(String prefer) {
        String path = createPath();
        get(path, given().get(path).header("ETag"), prefer)
                .then()
                .statusCode(304)
                .header("Preference-Applied", nullValue());
    }

    @Test
    void checksTheRequestBeforeTheWait() {
        assertEquals(400, get(createPath(), "x", "wait=60").statusCode());
        assertEquals(404, get(deployments + "/x", "\"x\"", "wait=60").statusCode());
    }
}
