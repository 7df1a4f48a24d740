package dev.ember.metadata;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.ember.Background;
import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConditionalMetadataTest extends HttpTest {

    private final String metadata = deployments + "/metadata/s";

    private String deploy(String config) {
        return createId("""
                {"config_id": "%s", "server_id": "s", "action": "a"}""".formatted(config));
    }

    private Response ask(String path, String ifNoneMatch) {
        return given().header("If-None-Match", ifNoneMatch).get(path);
    }

    /** Returns the tag of the metadata, and asserts that conditional and unconditional requests agree on it. */
    private String tag(String path) {
        Response whole = given().get(path);
        assertEquals(200, whole.statusCode());
        String tag = whole.header("ETag");
        ask(path, tag).then().statusCode(304).header("ETag", tag).body(emptyString());
        assertEquals(whole.asString(), ask(path, "\"other\"").asString());
        assertEquals(tag, ask(path, "\"other\"").header("ETag"));
        return tag;
    }

    @Test
    void returnsATagForAnUnknownServer() {
        assertEquals(tag(metadata), tag(deployments + "/metadata/none"));
        ask(metadata, "*").then().statusCode(304);
    }

    @Test
    void changesTheTagWithEveryChangeOfTheMetadata() {
        String config = createId(configs, "{\"name\": \"b\"}");
        String other = createId(configs, "{\"name\": \"a\"}");
        List<String> tags = new ArrayList<>();
        tags.add(tag(metadata));
        String first = deploy(config);
        tags.add(tag(metadata));
        String second = deploy(other);
        tags.add(tag(metadata));
        json("{\"config_id\": \"%s\"}".formatted(config)).put(deployments + "/" + second);
        tags.add(tag(metadata));
        given().delete(deployments + "/" + first);
        tags.add(tag(metadata));
        assertEquals(5, tags.stream().distinct().count());
    }

    @Test
    void doesNotChangeTheTagAfterOtherChanges() {
        String deployment = deploy(createId(configs, "{}"));
        String before = tag(metadata);
        json("{\"status\": \"COMPLETE\", \"output_values\": {\"o\": 1}}")
                .put(deployments + "/" + deployment)
                .then()
                .statusCode(200);
        deploy("stored elsewhere");
        deploy(createId(configsOf("other"), "{}"));
        assertEquals(before, tag(metadata));
    }

    @Test
    void changesTheTagWhenAConfigIsDeleted() throws Exception {
        String config = createId(configs, "{}");
        deploy(config);
        String before = tag(metadata);
        TestDatabase.execute("delete from software_config where id = '%s'".formatted(config));
        assertNotEquals(before, tag(metadata));
    }

    @Test
    void returnsASeparateTagToTheStackUserProject() {
        String stackUser = "stack-" + tenant.substring(7);
        for (String project : List.of(stackUser, tenant)) {
            createId(
                    """
                    {"config_id": "%s", "server_id": "s", "action": "a", "stack_user_project_id": "%s"}"""
                            .formatted(createId(configs, "{}"), project));
        }
        String own = deploymentsOf(stackUser) + "/metadata/s";
        given().get(own).then().body("metadata.size()", equalTo(1));
        given().get(metadata).then().body("metadata.size()", equalTo(2));
        assertNotEquals(tag(own), tag(metadata));
    }

    @Test
    void returnsTheSameTagForDeploymentsWithRandomIds() throws Exception {
        String config = createId(configs, "{}");
        TestDatabase.execute(
                """
                insert into software_deployment (id, tenant_id, config_id, server_id, action, status, created_at, updated_at)
                select gen_random_uuid(), '%s', '%s', 's', 'a', 'COMPLETE', now(), now() from generate_series(1, 50)"""
                        .formatted(tenant, config));
        tag(metadata);
    }

    @Test
    void neverReturnsATagWithAnotherBody() {
        List<String> two = List.of(createId(configs, "{\"name\": \"a\"}"), createId(configs, "{\"name\": \"b\"}"));
        String deployment = deployments + "/" + deploy(two.get(0));
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> writer = Background.run(() -> {
            for (int i = 0; !stop.get(); i++) {
                json("{\"config_id\": \"%s\"}".formatted(two.get(i % 2))).put(deployment);
            }
        });
        Map<String, String> bodies = new HashMap<>();
        String seen = "\"none\"";
        try {
            for (int reads = 0; reads < 100 || bodies.size() < 2 && reads < 5_000; reads++) {
                Response response = ask(metadata, seen);
                if (response.statusCode() == 200) {
                    seen = response.header("ETag");
                    String earlier = bodies.putIfAbsent(seen, response.asString());
                    assertEquals(earlier == null ? response.asString() : earlier, response.asString());
                }
            }
        } finally {
            stop.set(true);
            writer.join();
        }
        assertEquals(2, bodies.size());
    }
}
