package dev.ember.deployment;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class InvalidUpdateTest extends HttpTest {

    private static final String UNKNOWN = "00000000-0000-0000-0000-000000000000";
    private static final String BLANK = "must not be blank";
    private static final String TEXT = "must be a string";
    private static final String STATUS = "must be one of IN_PROGRESS, COMPLETE, FAILED";
    private static final String OBJECT = "must be an object";
    private static final String NULL_CHARACTER = "must not contain the character U+0000";
    private static final String UNPAIRED_SURROGATE = "must not contain an unpaired surrogate";

    private String deployment;
    private String before;

    @BeforeEach
    void createDeployment() {
        deployment = deployments + "/"
                + createId(
                        """
                        {"config_id": "c", "server_id": "s", "action": "a", "input_values": {"i": 1}}""");
        before = given().get(deployment).asString();
    }

    @AfterEach
    void assertNothingIsChanged() {
        assertEquals(before, given().get(deployment).asString());
    }

    static Stream<Arguments> invalidFields() {
        return Stream.of(
                arguments("config_id", "\"\"", BLANK),
                arguments("config_id", "\" \\t\\n\"", BLANK),
                arguments("config_id", "\"\\u0001\\u001f\"", BLANK),
                arguments("config_id", "5", TEXT),
                arguments("config_id", "[\"c\"]", TEXT),
                arguments("config_id", quoted("x".repeat(256)), "must be at most 255 characters long"),
                arguments("config_id", "\"\\u0000\"", NULL_CHARACTER),
                arguments("action", "false", TEXT),
                arguments("action", "{}", TEXT),
                arguments("action", quoted("🎉".repeat(256)), "must be at most 255 characters long"),
                arguments("action", "\"\\ud83c\"", UNPAIRED_SURROGATE),
                arguments("action", "\"\\u0000\"", NULL_CHARACTER),
                arguments("status", "\"BOGUS\"", STATUS),
                arguments("status", "\"complete\"", STATUS),
                arguments("status", "\"\"", STATUS),
                arguments("status", "0", STATUS),
                arguments("status_reason", "0", TEXT),
                arguments("status_reason", "[\"a\", 1, null]", TEXT),
                arguments("input_values", "[]", OBJECT),
                arguments("input_values", "\"\"", OBJECT),
                arguments("input_values", "false", OBJECT),
                arguments("output_values", "[1]", OBJECT),
                arguments("output_values", "0", OBJECT));
    }

    @ParameterizedTest
    @MethodSource("invalidFields")
    void reportsTheInvalidFieldAndTheRuleAndChangesNothing(String field, String value, String rule) {
        String valid = field.equals("action") ? "\"status\": \"FAILED\"" : "\"action\": \"b\"";
        assertBadRequest(
                json("{%s, \"%s\": %s}".formatted(valid, field, value)).put(deployment),
                "Invalid",
                "Data supplied was not valid: " + field + " " + rule);
    }

    @Test
    void reportsAllViolationsInFieldOrder() {
        assertBadRequest(
                json("{\"output_values\": 1, \"config_id\": \"\", \"status\": 5, \"action\": []}")
                        .put(deployment),
                "Invalid",
                "Data supplied was not valid: config_id must not be blank; action must be a string;"
                        + " status must be one of IN_PROGRESS, COMPLETE, FAILED; output_values must be an object");
    }

    @ParameterizedTest
    @ValueSource(strings = {UNKNOWN, "x", "1-1-1-1-1"})
    void respondsNotFoundBeforeItValidatesFields(String unknown) {
        for (String body : new String[] {"{}", "{\"status\": 5}"}) {
            assertNotFound(
                    json(body).put(deployments + "/" + unknown),
                    "NotFound",
                    "Deployment with id " + unknown + " not found");
        }
    }

    @Test
    void rejectsAMalformedBodyBeforeItLooksUpTheDeployment() {
        assertBadRequest(
                json("[]").put(deployments + "/" + UNKNOWN), "HTTPBadRequest", "The body must be a JSON object");
    }

    @Test
    void hidesADeploymentFromOtherTenants() {
        String path = deployment.replace(tenant, "other");
        String id = path.substring(path.lastIndexOf('/') + 1);
        assertNotFound(json("{\"action\": \"b\"}").put(path), "NotFound", "Deployment with id " + id + " not found");
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
