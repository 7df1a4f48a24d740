package dev.ember.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ember.fault.InvalidSchema;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversion of the default of an input with a type, as measured on Heat. */
class InputDefaultTest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "String             | null          | ''",
                "String             | ''            | ''",
                "String             | ' a '         | ' a '",
                "String             | 5             | '5'",
                "String             | 0             | '0'",
                "String             | -12345678901234567890123 | '-12345678901234567890123'",
                "String             | true          | 'True'",
                "String             | false         | 'False'",
                "Number             | null          | 0",
                "Number             | ''            | ''",
                "Number             | 5             | 5",
                "Number             | 1.50          | 1.50",
                "Number             | true          | true",
                "Number             | false         | false",
                "Number             | '5'           | 5",
                "Number             | ' 5 '         | 5",
                "Number             | '+5'          | 5",
                "Number             | '-0'          | 0",
                "Number             | '007'         | 7",
                "Number             | '1_000'       | 1000",
                "Number             | '123456789012345678901234567890' | 123456789012345678901234567890",
                "Number             | '1.5'         | 1.5",
                "Number             | '.5'          | 0.5",
                "Number             | '5.'          | 5.0",
                "Number             | '1e3'         | 1000.0",
                "Number             | '-1_0.2_5E+0_1' | -102.5",
                "CommaDelimitedList | null          | []",
                "CommaDelimitedList | ''            | ''",
                "CommaDelimitedList | 'a'           | ['a']",
                "CommaDelimitedList | 'a,b'         | ['a','b']",
                "CommaDelimitedList | ' a , b '     | [' a ',' b ']",
                "CommaDelimitedList | ','           | ['','']",
                "CommaDelimitedList | 'a,,'         | ['a','','']",
                "CommaDelimitedList | []            | []",
                "CommaDelimitedList | [1, 'a', {}]  | [1,'a',{}]",
                "Json               | null          | {}",
                "Json               | ''            | ''",
                "Json               | 'notjson'     | 'notjson'",
                "Json               | {'b': 1, 'a': {}} | {'b':1,'a':{}}",
                "Json               | []            | '[]'",
                "Json               | [1, true, null, 1.5] | '[1, true, null, 1.5]'",
                "Boolean            | null          | false",
                "Boolean            | ''            | ''",
                "Boolean            | true          | true",
                "Boolean            | false         | false",
                "Boolean            | 'true'        | true",
                "Boolean            | 'TRUE'        | true",
                "Boolean            | 'fAlse'       | false",
            })
    void convertsTheDefaultToItsType(String type, String value, String normalized) throws JsonProcessingException {
        assertEquals(
                normalized.replace('\'', '"'),
                normalize(type, json(value)).get("default").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "String             | 1.5           | must be a string",
                "String             | 1.0           | must be a string",
                "String             | []            | must be a string",
                "String             | {}            | must be a string",
                "Number             | 'abc'         | must be a number",
                "Number             | ' '           | must be a number",
                "Number             | '0x10'        | must be a number",
                "Number             | '5L'          | must be a number",
                "Number             | '5d'          | must be a number",
                "Number             | '1__0'        | must be a number",
                "Number             | '_1'          | must be a number",
                "Number             | '1_'          | must be a number",
                "Number             | '.'           | must be a number",
                "Number             | '1e'          | must be a number",
                "Number             | '- 5'         | must be a number",
                "Number             | []            | must be a number",
                "Number             | {}            | must be a number",
                "CommaDelimitedList | 5             | must be a list or a comma-separated string",
                "CommaDelimitedList | true          | must be a list or a comma-separated string",
                "CommaDelimitedList | {}            | must be a list or a comma-separated string",
                "Json               | 5             | must be an object, a list or a string",
                "Json               | false         | must be an object, a list or a string",
                "Boolean            | 0             | must be true or false",
                "Boolean            | 1             | must be true or false",
                "Boolean            | '1'           | must be true or false",
                "Boolean            | '0'           | must be true or false",
                "Boolean            | 'on'          | must be true or false",
                "Boolean            | 'yes'         | must be true or false",
                "Boolean            | 't'           | must be true or false",
                "Boolean            | ' true'       | must be true or false",
                "Boolean            | []            | must be true or false",
                "Boolean            | {}            | must be true or false",
            })
    void rejectsADefaultThatCannotBeConverted(String type, String value, String rule) throws JsonProcessingException {
        JsonNode given = json(value);
        InvalidSchema fault = assertThrows(InvalidSchema.class, () -> normalize(type, given));
        assertEquals("inputs[0].default " + rule, fault.getMessage());
    }

    /** Heat accepts these values and then responds with invalid JSON. */
    @ParameterizedTest
    @ValueSource(strings = {"NaN", "nan", "inf", "-Infinity", "1e400"})
    void rejectsNumbersThatJsonCannotRepresent(String text) {
        assertThrows(InvalidSchema.class, () -> normalize("Number", MAPPER.valueToTree(text)));
    }

    @Test
    void rejectsNumbersWithMoreThan1000Digits() {
        assertEquals(
                1_000,
                normalize("Number", MAPPER.valueToTree("9".repeat(1_000)))
                        .get("default")
                        .asText()
                        .length());
        assertThrows(InvalidSchema.class, () -> normalize("Number", MAPPER.valueToTree("9".repeat(1_001))));
    }

    @Test
    void formatsAListOfTypeJsonLikePython() throws JsonProcessingException {
        String normalized = normalize("Json", json("[{'ü': ['\\\\', '\\n', '🎉'], 'b': {}}, []]"))
                .get("default")
                .textValue();
        assertEquals(
                """
                [{"\\u00fc": ["\\\\", "\\n", "\\ud83c\\udf89"], "b": {}}, []]""",
                normalized.toLowerCase(Locale.ROOT));
    }

    private static JsonNode normalize(String type, JsonNode value) {
        JsonNode input =
                MAPPER.createObjectNode().put("name", "a").put("type", type).set("default", value);
        return InputSchema.normalize(MAPPER.createArrayNode().add(input)).get(0);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return MAPPER.readTree(text.replace('\'', '"'));
    }
}
