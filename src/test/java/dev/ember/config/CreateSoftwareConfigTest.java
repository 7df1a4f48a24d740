package dev.ember.config;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CreateSoftwareConfigTest extends HttpTest {

    private static final String EMPTY_CONFIG =
            """
            {"software_config":{"id":"%s","name":null,"group":null,"creation_time":"%s","config":null,"inputs":[],\
            "outputs":[],"options":{}}}""";

    @Test
    void returnsTheSameFieldsOnCreateAndShow() {
        Response created =
                json("""
                        {"options": {"b": 1.50, "a": null}, "name": "deploy", "group": "script",
                         "config": "#!/bin/sh\\necho hallo\\n",
                         "inputs": [{"type": "Number", "name": "count", "default": "3"}],
                         "outputs": [{"name": "result", "description": "the outcome", "error_output": true}]}""")
                        .post(configs);

        created.then().statusCode(200).contentType("application/json");
        String id = created.path("software_config.id");
        String expected =
                """
                {"software_config":{"id":"%s","name":"deploy","group":"script","creation_time":"%s",\
                "config":"#!/bin/sh\\necho hallo\\n","inputs":[{"name":"count","type":"Number","default":3}],\
                "outputs":[{"name":"result","description":"the outcome","type":"String","error_output":true}],\
                "options":{"b":1.50,"a":null}}}"""
                        .formatted(id, created.path("software_config.creation_time"));
        assertEquals(expected, created.asString());
        assertEquals(expected, given().get(configs + "/" + id).asString());
    }

    @Test
    void assignsAUuidVersion7AndACreationTimeInSeconds() {
        Response created = json("{}").post(configs);
        String time = created.path("software_config.creation_time");
        assertEquals(7, UUID.fromString(created.path("software_config.id")).version());
        assertEquals(20, time.length());
        assertEquals(Instant.parse(time).toString(), time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\": null, \"group\": null, \"config\": null, \"inputs\": null, \"outputs\": null, \"options\": null}",
                "{\"inputs\": \"\", \"outputs\": {}, \"options\": []}",
                "{\"inputs\": 0, \"outputs\": false, \"options\": 0.0}",
                "{\"software_config\": {\"name\": \"wrapped\"}}",
                "{\"id\": \"mine\", \"tenant\": \"other\", \"creation_time\": 5, \"nonesuch\": [[]]}"
            })
    void requiresNoFieldAndIgnoresUnknownFields(String body) {
        Response created = json(body).post(configs);
        assertEquals(200, created.statusCode());
        assertEquals(
                EMPTY_CONFIG.formatted(
                        created.path("software_config.id"), created.path("software_config.creation_time")),
                created.asString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"text\"",
                "[1,{\"a\":null}]",
                "{\"b\":12345678901234567890.10,\"a\":[1E+3,-0.0015]}",
                "false",
                "0",
                "[]",
                "{}"
            })
    void storesAnyJsonValueAsConfig(String value) {
        String id = createId(configs, "{\"config\": %s}".formatted(value));
        String shown = given().get(configs + "/" + id).asString();
        assertThat(shown, containsString("\"config\":" + value + ",\"inputs\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":{\"b\":[]}}", "[1]", "\"text\"", "1.50", "true"})
    void storesAnyJsonValueAsOptions(String value) {
        String id = createId(configs, "{\"options\": %s}".formatted(value));
        String shown = given().get(configs + "/" + id).asString();
        assertThat(shown, endsWith("\"options\":" + value + "}}"));
    }

    @Test
    void acceptsDuplicateNames() {
        String body = "{\"name\": \"same\"}";
        assertThat(createId(configs, body), not(createId(configs, body)));
    }

    @Test
    void returnsEmojiAndCountsCharactersNotBytes() {
        String longest = "🎉".repeat(255);
        json("""
                {"name": "%s", "group": "%s", "config": "й🎉"}""".formatted(longest, longest))
                .post(configs)
                .then()
                .statusCode(200)
                .body("software_config.name", equalTo(longest))
                .body("software_config.group", equalTo(longest))
                .body("software_config.config", equalTo("й🎉"));
    }

    @Test
    void storesEmptyStringsUnchanged() {
        json("{\"name\": \"\", \"group\": \"\"}")
                .post(configs)
                .then()
                .body("software_config.name", equalTo(""))
                .body("software_config.group", equalTo(""));
    }

    @Test
    void storesAConfigNearTheBodySizeLimit() {
        String script = "x".repeat(1_048_000);
        String id = createId(configs, "{\"config\": \"%s\"}".formatted(script));
        given().get(configs + "/" + id).then().body("software_config.config", equalTo(script));
    }

    @Test
    void assignsIdsInOrderOfCreation() {
        String earlier = createId(configs, "{}");
        assertThat(createId(configs, "{}"), greaterThan(earlier));
    }
}
