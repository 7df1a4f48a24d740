package dev.ember.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ember.fault.InvalidSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Measured on Heat, except for the messages, which Heat does not return. */
class OutputSchemaTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"\"", "0", "false", "{}"})
    void normalizesEmptyValuesToNoOutputs(String outputs) throws JsonProcessingException {
        assertEquals("[]", normalize(outputs));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'name': 'a'}                        | {'name':'a','type':'String','error_output':false}",
                "{'name': null}                       | {'name':'','type':'String','error_output':false}",
                "{'name': 5}                          | {'name':'5','type':'String','error_output':false}",
                "{'name': false}                      | {'name':'False','type':'String','error_output':false}",
                "{'name': 'a', 'description': null}   | {'name':'a','description':'','type':'String','error_output':false}",
                "{'name': 'a', 'type': null}          | {'name':'a','type':'String','error_output':false}",
                "{'name': 'a', 'type': 'Json'}        | {'name':'a','type':'Json','error_output':false}",
                "{'name': 'a', 'error_output': true}  | {'name':'a','type':'String','error_output':true}",
                "{'name': 'a', 'error_output': 'tRUE'} | {'name':'a','type':'String','error_output':true}",
                "{'name': 'a', 'error_output': 'false'} | {'name':'a','type':'String','error_output':false}",
                "{'error_output': true, 'type': 'Number', 'description': 'b', 'name': 'a'} | {'name':'a','description':'b','type':'Number','error_output':true}",
            })
    void normalizesAnOutput(String output, String normalized) throws JsonProcessingException {
        assertEquals("[" + normalized.replace('\'', '"') + "]", normalize("[" + output + "]"));
    }

    @Test
    void preservesTheOrderOfOutputsWithTheSameName() throws JsonProcessingException {
        assertEquals(
                """
                [{"name":"b","type":"String","error_output":true},{"name":"b","type":"Json","error_output":false}]""",
                normalize("[{'name': 'b', 'error_output': true}, {'name': 'b', 'type': 'Json'}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'name': 'a'}                | outputs must be a list of objects",
                "5                            | outputs must be a list of objects",
                "[5]                          | outputs[0] must be an object",
                "[{'name': 'a', 'self': null}] | outputs[0] must not have the key self",
                "[{'type': 'String'}]         | outputs[0].name is required",
                "[{'name': ['a']}]            | outputs[0].name must be a string",
                "[{'name': 'a', 'description': 1.5}]  | outputs[0].description must be a string",
                "[{'name': 'a', 'type': 'List'}]      | outputs[0].type must be one of String, Number, CommaDelimitedList, Json, Boolean",
                "[{'name': 'a', 'error_output': 1}]   | outputs[0].error_output must be true or false",
                "[{'name': 'a', 'error_output': 'x'}] | outputs[0].error_output must be true or false",
                "[{'name': 'a', 'default': 'b'}]      | outputs[0] has an unknown key; allowed keys are description, error_output, name, type",
                "[{'name': 'a', 'value': 'b'}]        | outputs[0] has an unknown key; allowed keys are description, error_output, name, type",
            })
    void reportsWhereTheSchemaIsInvalid(String outputs, String message) {
        InvalidSchema fault = assertThrows(InvalidSchema.class, () -> normalize(outputs));
        assertEquals(message, fault.getMessage());
    }

    private static String normalize(String outputs) throws JsonProcessingException {
        return OutputSchema.normalize(MAPPER.readTree(outputs.replace('\'', '"')))
                .toString();
    }
}
