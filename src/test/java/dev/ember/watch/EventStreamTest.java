package dev.ember.watch;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.TestDatabase;
import dev.ember.watch.StreamClient.Event;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EventStreamTest extends WaitingRequests {

    private StreamClient watch(String query) throws Exception {
        return StreamClient.open(CLIENT, uri(deployments + "/watch" + query));
    }

    private void update(String id, String body) {
        json(body).put(deployments + "/" + id).then().statusCode(200);
    }

    private void delete(String id) {
        given().delete(deployments + "/" + id).then().statusCode(204);
    }

    @Test
    void sendsThePresentStateAndThenChanges() throws Exception {
        String first = createId(BODY);
        String second = createId(BODY);
        try (StreamClient client = watch("")) {
            assertEquals(200, client.response().statusCode());
            assertEquals(
                    "text/event-stream",
                    client.response().headers().firstValue("content-type").orElseThrow());
            Set<String> present = new TreeSet<>(List.of(client.expectDeployment(), client.expectDeployment()));
            assertEquals(new TreeSet<>(List.of(first + " IN_PROGRESS", second + " IN_PROGRESS")), present);
            assertEquals("{}", client.expect("synced").data().toString());
            update(first, "{\"status\": \"COMPLETE\"}");
            assertEquals(first + " COMPLETE", client.expectDeployment());
            String third = createId(BODY);
            assertEquals(third + " IN_PROGRESS", client.expectDeployment());
            delete(second);
            assertEquals(
                    "{\"id\":\"" + second + "\"}",
                    client.expect("deleted").data().toString());
        }
    }

    @Test
    void sendsWhatShowReturnsWithItsTag() throws Exception {
        String id = createId(
                """
                {"config_id": "c", "server_id": "s", "action": "a", "input_values": {"a":
                 1, "text": "line\\nbreak"}, "status_reason": "\\u2028é😀"}""");
        try (StreamClient client = watch("")) {
            Event event = client.expect("deployment");
            given().get(deployments + "/" + id).then().header("ETag", event.id());
            assertEquals(
                    given().get(deployments + "/" + id).jsonPath().getMap("").toString(),
                    JsonPath.from(event.data().toString()).getMap("").toString());
        }
    }

    @Test
    void sendsManyDeploymentsOnceEach() throws Exception {
        TestDatabase.execute(
                """
                insert into software_deployment (tenant_id, id, config_id, server_id, action, status, created_at, updated_at)
                select '%s', gen_random_uuid(), 'c', 's', 'a', 'COMPLETE', now(), now() from generate_series(1, 1500)"""
                        .formatted(tenant));
        try (StreamClient client = watch("")) {
            Set<String> ids = new TreeSet<>();
            for (int i = 0; i < 1_500; i++) {
                assertTrue(ids.add(client.expectDeployment()));
            }
            client.expect("synced");
        }
    }

    @Test
    void sendsTheLastStateAfterManyChanges() throws Exception {
        String id = createId(BODY);
        try (StreamClient client = watch("")) {
            client.expectDeployment();
            client.expect("synced");
            for (int i = 0; i < 100; i++) {
                update(id, "{\"status_reason\": \"" + i + "\"}");
            }
            String tag = given().get(deployments + "/" + id).header("ETag");
            while (!client.expect("deployment").id().equals(tag)) {}
        }
    }

    /** Only the server of a deployment never changes. */
    @Test
    void sendsWhatMatchesTheFilters() throws Exception {
        String other = createId(BODY.replace("\"s\"", "\"other\""));
        String matching = createId(BODY);
        try (StreamClient ofServer = watch("?server_id=s");
                StreamClient inProgress = watch("?status=IN_PROGRESS&action=a&config_id=c&server_id=s")) {
            for (StreamClient client : List.of(ofServer, inProgress)) {
                assertEquals(matching + " IN_PROGRESS", client.expectDeployment());
                client.expect("synced");
            }
            update(other, "{\"status\": \"FAILED\"}");
            update(matching, "{\"status\": \"COMPLETE\"}");
            assertEquals(matching + " COMPLETE", ofServer.expectDeployment());
            assertEquals(
                    "{\"id\":\"" + matching + "\"}",
                    inProgress.expect("deleted").data().toString());
            update(matching, "{\"status_reason\": \"again\"}");
            assertEquals(matching + " COMPLETE", ofServer.expectDeployment());
            update(matching, "{\"status\": \"IN_PROGRESS\"}");
            assertEquals(matching + " IN_PROGRESS", ofServer.expectDeployment());
            assertEquals(matching + " IN_PROGRESS", inProgress.expectDeployment());
            delete(matching);
            ofServer.expect("deleted");
            inProgress.expect("deleted");
        }
    }

    @Test
    void sendsToTheProjectOfStackUsersOnlyTheirDeployments() throws Exception {
        String project = "project-" + UUID.randomUUID();
        createId(BODY);
        String theirs = createId(BODY.replace("}", ", \"stack_user_project_id\": \"" + project + "\"}"));
        try (StreamClient client = StreamClient.open(CLIENT, uri(deploymentsOf(project) + "/watch"))) {
            assertEquals(theirs + " IN_PROGRESS", client.expectDeployment());
            client.expect("synced");
            createId(BODY);
            update(theirs, "{\"status\": \"COMPLETE\"}");
            assertEquals(theirs + " COMPLETE", client.expectDeployment());
            delete(theirs);
            client.expect("deleted");
        }
    }

    @Test
    void sendsNothingOfOtherTenants() throws Exception {
        try (StreamClient client = watch("?server_id=s")) {
            client.expect("synced");
            String other = deploymentsOf("other-" + tenant);
            createId(other, BODY);
            String own = createId(BODY);
            assertEquals(own + " IN_PROGRESS", client.expectDeployment());
            assertTrue(client.isSilent());
        }
    }

    @Test
    void sendsChangesThatAnotherReplicaHasStored() throws Exception {
        String id = createId(BODY);
        try (StreamClient client = watch("")) {
            client.expectDeployment();
            client.expect("synced");
            TestDatabase.execute(
                    """
                    with changed as (
                        update software_deployment set version = version + 1, status = 'FAILED'
                        where tenant_id = '%s' returning tenant_id, server_id, id)
                    insert into deployment_change (tenant_id, server_id, deployment_id) select * from changed"""
                            .formatted(tenant));
            assertEquals(id + " FAILED", client.expectDeployment());
        }
    }

    /** As after the restore of a dump. So many changes would interrupt the feed again and again. */
    @Test
    void ignoresChangesOfTransactionsThatHaveNotBegun() throws Exception {
        String id = createId(BODY);
        TestDatabase.execute(
                """
                insert into deployment_change (transaction_id, tenant_id, server_id, deployment_id)
                select '9000000000000000000', '%s', 's', gen_random_uuid() from generate_series(1, %d)"""
                        .formatted(tenant, ChangeFeed.MAX_CHANGES));
        try (StreamClient client = watch("")) {
            client.expectDeployment();
            client.expect("synced");
            update(id, "{\"status\": \"COMPLETE\"}");
            assertEquals(id + " COMPLETE", client.expectDeployment());
        } finally {
            TestDatabase.execute("delete from deployment_change where tenant_id = '%s'".formatted(tenant));
        }
    }

    @Test
    void sendsLargeDeployments() throws Exception {
        String text = "x".repeat(600_000);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(createId(BODY.replace("}", ", \"input_values\": {\"a\": \"" + text + "\"}}")) + " IN_PROGRESS");
        }
        try (StreamClient client = watch("")) {
            Set<String> sent = new TreeSet<>();
            for (int i = 0; i < 5; i++) {
                sent.add(client.expectDeployment());
            }
            assertEquals(new TreeSet<>(ids), sent);
            client.expect("synced");
        }
        awaitWaiting(0);
        assertTrue(given().get("/q/metrics").asString().contains("ember_memory_held_bytes 0.0"));
    }

    @Test
    void sendsACommentWhileNothingChanges() throws Exception {
        try (StreamClient client = watch("")) {
            client.expectComment(5);
            client.expect("synced");
            client.expectComment(30);
        }
    }

    @Test
    void forgetsClientsThatDisconnect() throws Exception {
        List<StreamClient> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(watch(""));
        }
        awaitWaiting(3);
        for (StreamClient client : clients) {
            client.expect("synced");
            client.close();
        }
        awaitWaiting(0);
    }

    @Test
    void leavesOutTheCurrentDeploymentsOnRequest() throws Exception {
        String first;
        // A stream that begins before the service has read a change can still get it.
        try (StreamClient earlier = watch("")) {
            earlier.expect("synced");
            first = createId(BODY);
            assertEquals(first + " IN_PROGRESS", earlier.expectDeployment());
        }
        try (StreamClient client = watch("?changes_only=true");
                StreamClient inProgress = watch("?changes_only=true&status=IN_PROGRESS")) {
            client.expect("synced");
            inProgress.expect("synced");
            update(first, "{\"status\": \"COMPLETE\"}");
            assertEquals(first + " COMPLETE", client.expectDeployment());
            String second = createId(BODY);
            assertEquals(second + " IN_PROGRESS", client.expectDeployment());
            assertEquals(second + " IN_PROGRESS", inProgress.expectDeployment());
            delete(first);
            client.expect("deleted");
            update(second, "{\"status\": \"FAILED\"}");
            assertEquals(
                    "{\"id\":\"" + second + "\"}",
                    inProgress.expect("deleted").data().toString());
        }
    }

    @Test
    void sendsTheCurrentDeploymentsWithoutTheRequest() throws Exception {
        String id = createId(BODY);
        try (StreamClient client = watch("?changes_only=false")) {
            assertEquals(id + " IN_PROGRESS", client.expectDeployment());
            client.expect("synced");
        }
    }

    @Test
    void hasNoBodyInTheResponseToHead() {
        given().head(deployments + "/watch").then().statusCode(200).contentType("text/event-stream");
    }

    @Test
    void rejectsAnInvalidFlag() {
        assertBadRequest(
                given().get(deployments + "/watch?changes_only=yes"),
                "Invalid",
                "Data supplied was not valid: changes_only must be true or false");
    }

    @Test
    void rejectsInvalidFilters() {
        assertBadRequest(
                given().get(deployments + "/watch?status=OTHER"),
                "Invalid",
                "Data supplied was not valid: status must be one of IN_PROGRESS, COMPLETE, FAILED");
    }
}
