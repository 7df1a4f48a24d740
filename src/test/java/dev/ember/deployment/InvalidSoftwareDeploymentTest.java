package dev.ember.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
class InvalidSoftwareDeploymentTest extends HttpTest {

    private static final String REQUIRED = "is required and must not be blank";

    static Stream<Arguments> invalidFields() {
        return Stream.of(
                arguments("config_id", "null", REQUIRED),
                arguments("config_id", "\"\"", REQUIRED),
                arguments("config_id", "\" \\t\\n\"", REQUIRED),
                arguments("config_id", "5", "must be a string"),
                arguments("config_id", "true", "must be a string"),
                arguments("config_id", "[\"c\"]", "must be a string"),
                arguments("config_id", "{}", "must be a string"),
                arguments("config_id", quoted("x".repeat(256)), "must be at most 255 characters long"),
                arguments("config_id", quoted("🎉".repeat(256)), "must be at most 255 characters long"),
                arguments("server_id", "null", REQUIRED),
                arguments("server_id", "1.5", "must be a string"),
                arguments("server_id", quoted("x".repeat(256)), "must be at most 255 characters long"),
                arguments("action", "null", REQUIRED),
                arguments("action", "[]", "must be a string"),
                arguments("action", quoted("x".repeat(256)), "must be at most 255 characters long"),
                arguments("action", "\"\\u0000\"", "must not contain the character U+0000"),
                arguments("action", "\"a\\ud83c\"", "must not contain an unpaired surrogate"),
                arguments("action", "\"\\udf89\\ud83c\"", "must not contain an unpaired surrogate"),
                arguments("stack_user_project_id", quoted("x".repeat(65)), "must be at most 64 characters long"),
                arguments("stack_user_project_id", "7", "must be a string"),
                arguments("status", "\"BOGUS\"", "must be one of IN_PROGRESS, COMPLETE, FAILED"),
                arguments("status", "\"complete\"", "must be one of IN_PROGRESS, COMPLETE, FAILED"),
                arguments("status", "\"\"", "must be one of IN_PROGRESS, COMPLETE, FAILED"),
                arguments("status", "0", "must be one of IN_PROGRESS, COMPLETE, FAILED"),
                arguments("status_reason", quoted("x".repeat(65_536)), "must be at most 65535 characters long"),
                arguments("status_reason", "{}", "must be a string"),
                arguments("status_reason", "\"\\u0000\"", "must not contain the character U+0000"),
                arguments("input_values", "[]", "must be an object"),
                arguments("input_values", "\"{}\"", "must be an object"),
                arguments("input_values", "0", "must be an object"),
                arguments("input_values", "{\"a\\u0000\": 1}", "must not contain the character U+0000"),
                arguments("input_values", "{\"a\": [\"\\u0000\"]}", "must not contain the character U+0000"),
                arguments("input_values", "{\"a\": \"\\udf89\"}", "must not contain an unpaired surrogate"));
    }

    @ParameterizedTest
    @MethodSource("invalidFields")
    void reportsTheInvalidFieldAndTheRuleAndStoresNothing(String field, String value, String rule) {
        String body = """
                {"config_id": "c", "server_id": "s", "action": "a", "%s": %s}"""
                .formatted(field, value);
        assertBadRequest(create(body), "Invalid", "Data supplied was not valid: " + field + " " + rule);
        assertEquals(0, TestDatabase.deploymentsOf(tenant));
    }

    @Test
    void reportsAllViolationsInFieldOrder() {
        assertBadRequest(
                create(
                        """
                        {"server_id": 5, "action": " ", "input_values": 1, "status": "DONE", "status_reason": []}"""),
                "Invalid",
                "Data supplied was not valid: config_id is required and must not be blank; server_id must be a string;"
                        + " action is required and must not be blank;"
                        + " status must be one of IN_PROGRESS, COMPLETE, FAILED; status_reason must be a string;"
                        + " input_values must be an object");
        assertEquals(0, TestDatabase.deploymentsOf(tenant));
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
