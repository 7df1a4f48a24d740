package dev.ember.config;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
class InvalidSoftwareConfigTest extends HttpTest {

    private static final String TOO_LONG = "must be at most 255 characters long";
    private static final String NULL_CHARACTER = "must not contain the character U+0000";
    private static final String UNPAIRED_SURROGATE = "must not contain an unpaired surrogate";

    @AfterEach
    void assertNothingIsStored() {
        given().get(configs).then().body("software_configs", hasSize(0));
    }

    static Stream<Arguments> invalidFields() {
        return Stream.of(
                arguments("name", "5", "must be a string"),
                arguments("name", "true", "must be a string"),
                arguments("name", "[\"a\"]", "must be a string"),
                arguments("name", "{}", "must be a string"),
                arguments("name", quoted("x".repeat(256)), TOO_LONG),
                arguments("name", quoted("🎉".repeat(256)), TOO_LONG),
                arguments("name", "\"\\u0000\"", NULL_CHARACTER),
                arguments("name", "\"\\ud83c\"", UNPAIRED_SURROGATE),
                arguments("group", "1.5", "must be a string"),
                arguments("group", "[]", "must be a string"),
                arguments("group", quoted("x".repeat(256)), TOO_LONG),
                arguments("group", "\"a\\u0000\"", NULL_CHARACTER),
                arguments("config", "\"\\u0000\"", NULL_CHARACTER),
                arguments("config", "{\"a\\u0000\": 1}", NULL_CHARACTER),
                arguments("config", "[\"\\udf89\"]", UNPAIRED_SURROGATE),
                arguments("options", "{\"a\": \"\\u0000\"}", NULL_CHARACTER),
                arguments("options", "\"\\ud83c\"", UNPAIRED_SURROGATE),
                arguments("inputs", "[{\"name\": \"\\u0000\"}]", NULL_CHARACTER),
                arguments("inputs", "[{\"name\": \"a\", \"value\": [\"\\u0000\"]}]", NULL_CHARACTER),
                arguments("outputs", "[{\"name\": \"a\", \"description\": \"\\ud83c\"}]", UNPAIRED_SURROGATE));
    }

    @ParameterizedTest
    @MethodSource("invalidFields")
    void reportsTheInvalidFieldAndTheRule(String field, String value, String rule) {
        assertBadRequest(
                json("{\"%s\": %s}".formatted(field, value)).post(configs),
                "Invalid",
                "Data supplied was not valid: " + field + " " + rule);
    }

    @Test
    void reportsAllViolationsInFieldOrder() {
        assertBadRequest(
                json("{\"options\": \"\\u0000\", \"group\": 5, \"name\": []}").post(configs),
                "Invalid",
                "Data supplied was not valid: name must be a string; group must be a string;"
                        + " options must not contain the character U+0000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "inputs  | 'a'                    | HTTPBadRequest | inputs must be a list of objects",
                "inputs  | ['a']                  | HTTPBadRequest | inputs[0] must be an object",
                "inputs  | [{'name': 'a', 'self': 1}] | HTTPBadRequest | inputs[0] must not have the key self",
                "inputs  | [{'type': 'String'}]   | ValueError | inputs[0].name is required",
                "inputs  | [{'name': 'a', 'type': 'Boolean', 'default': 'yes'}] | ValueError | inputs[0].default must be true or false",
                "inputs  | [{'name': 'a', 'type': null, 'default': 5}] | InvalidSchemaError | Invalid type (None): inputs[0].type must not be null with a default",
                "outputs | {'name': 'a'}          | HTTPBadRequest | outputs must be a list of objects",
                "outputs | [{'name': 'a'}, null]  | HTTPBadRequest | outputs[1] must be an object",
                "outputs | [{'name': 'a', 'error_output': 1}] | ValueError | outputs[0].error_output must be true or false",
            })
    void reportsWhereTheSchemaIsInvalid(String field, String value, String type, String message) {
        assertBadRequest(
                json("{'%s': %s}".formatted(field, value).replace('\'', '"')).post(configs), type, message);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
