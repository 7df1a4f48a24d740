package dev.ember.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ember.fault.InvalidSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Measured on Heat, except for the messages, which Heat does not return. */
class InputSchemaTest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"\"", "0", "0.0", "false", "{}"})
    void normalizesEmptyValuesToNoInputs(String inputs) throws JsonProcessingException {
        assertEquals("[]", normalize(inputs));
    }

    @Test
    void normalizesAMissingSchemaToNoInputs() {
        assertEquals("[]", InputSchema.normalize(null).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // The name.
                "{'name': 'a'}                            | {'name':'a','type':'String'}",
                "{'name': ''}                             | {'name':'','type':'String'}",
                "{'name': null}                           | {'name':'','type':'String'}",
                "{'name': 5}                              | {'name':'5','type':'String'}",
                "{'name': true}                           | {'name':'True','type':'String'}",
                // The description.
                "{'name': 'a', 'description': 'b'}        | {'name':'a','description':'b','type':'String'}",
                "{'name': 'a', 'description': null}       | {'name':'a','description':'','type':'String'}",
                "{'name': 'a', 'description': 5}          | {'name':'a','description':'5','type':'String'}",
                "{'name': 'a', 'description': false}      | {'name':'a','description':'False','type':'String'}",
                // The type.
                "{'name': 'a', 'type': null}              | {'name':'a','type':'String'}",
                "{'name': 'a', 'type': 'String'}          | {'name':'a','type':'String'}",
                "{'name': 'a', 'type': 'Number'}          | {'name':'a','type':'Number'}",
                "{'name': 'a', 'type': 'CommaDelimitedList'} | {'name':'a','type':'CommaDelimitedList'}",
                "{'name': 'a', 'type': 'Json'}            | {'name':'a','type':'Json'}",
                "{'name': 'a', 'type': 'Boolean'}         | {'name':'a','type':'Boolean'}",
                // A default without a type is stored unchanged, except null.
                "{'name': 'a', 'default': 'b'}            | {'name':'a','type':'String','default':'b'}",
                "{'name': 'a', 'default': 5}              | {'name':'a','type':'String','default':5}",
                "{'name': 'a', 'default': 1.50}           | {'name':'a','type':'String','default':1.50}",
                "{'name': 'a', 'default': [1, {}]}        | {'name':'a','type':'String','default':[1,{}]}",
                "{'name': 'a', 'default': {'b': 1}}       | {'name':'a','type':'String','default':{'b':1}}",
                "{'name': 'a', 'default': ''}             | {'name':'a','type':'String','default':''}",
                "{'name': 'a', 'default': null}           | {'name':'a','type':'String'}",
                "{'name': 'a', 'type': null, 'default': null} | {'name':'a','type':'String'}",
                // The flag appears only if it is true.
                "{'name': 'a', 'replace_on_change': true} | {'name':'a','type':'String','replace_on_change':true}",
                "{'name': 'a', 'replace_on_change': 'TRUE'} | {'name':'a','type':'String','replace_on_change':true}",
                "{'name': 'a', 'replace_on_change': false} | {'name':'a','type':'String'}",
                "{'name': 'a', 'replace_on_change': 'False'} | {'name':'a','type':'String'}",
                // A value is stored unchanged, including null.
                "{'name': 'a', 'value': null}             | {'name':'a','type':'String','value':null}",
                "{'name': 'a', 'type': 'Number', 'value': 'b'} | {'name':'a','type':'Number','value':'b'}",
                "{'name': 'a', 'value': {'self': [1]}}    | {'name':'a','type':'String','value':{'self':[1]}}",
            })
    void normalizesAnInput(String input, String normalized) throws JsonProcessingException {
        assertEquals("[" + normalized.replace('\'', '"') + "]", normalize("[" + input + "]"));
    }

    @Test
    void writesKeysInAFixedOrder() throws JsonProcessingException {
        assertEquals(
                """
                [{"name":"a","description":"b","type":"Number","default":1,"replace_on_change":true,"value":2}]""",
                normalize(
                        """
                        [{"value": 2, "replace_on_change": true, "default": 1, "type": "Number", "description": "b",
                          "name": "a"}]"""));
    }

    @Test
    void preservesTheOrderOfInputsWithTheSameName() throws JsonProcessingException {
        assertEquals(
                """
                [{"name":"b","type":"String","value":1},{"name":"a","type":"String"},\
                {"name":"b","type":"String","value":2}]""",
                normalize("[{'name': 'b', 'value': 1}, {'name': 'a'}, {'name': 'b', 'value': 2}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true                        | inputs must be a list of objects",
                "'abc'                       | inputs must be a list of objects",
                "{'name': 'a'}               | inputs must be a list of objects",
                "1                           | inputs must be a list of objects",
                "['a']                       | inputs[0] must be an object",
                "[null]                      | inputs[0] must be an object",
                "[{'name': 'a'}, []]         | inputs[1] must be an object",
                "[{'name': 'a', 'self': 1}]  | inputs[0] must not have the key self",
                "[{}]                        | inputs[0].name is required",
                "[{'name': 'a'}, {'type': 'String'}] | inputs[1].name is required",
                "[{'name': []}]              | inputs[0].name must be a string",
                "[{'name': {}}]              | inputs[0].name must be a string",
                "[{'name': 1.5}]             | inputs[0].name must be a string",
                "[{'name': 'a', 'description': ['b']}] | inputs[0].description must be a string",
                "[{'name': 'a', 'description': {}}]    | inputs[0].description must be a string",
                "[{'name': 'a', 'type': 'string'}] | inputs[0].type must be one of String, Number, CommaDelimitedList, Json, Boolean",
                "[{'name': 'a', 'type': ''}]       | inputs[0].type must be one of String, Number, CommaDelimitedList, Json, Boolean",
                "[{'name': 'a', 'type': 1}]        | inputs[0].type must be one of String, Number, CommaDelimitedList, Json, Boolean",
                "[{'name': 'a', 'type': null, 'default': 'b'}] | Invalid type (None): inputs[0].type must not be null with a default",
                "[{'name': 'a', 'replace_on_change': 1}]       | inputs[0].replace_on_change must be true or false",
                "[{'name': 'a', 'replace_on_change': 'perhaps'}] | inputs[0].replace_on_change must be true or false",
                "[{'name': 'a', 'replace_on_change': []}]      | inputs[0].replace_on_change must be true or false",
                "[{'name': 'a', 'Type': 'String'}] | inputs[0] has an unknown key; allowed keys are default, description, name, replace_on_change, type, value",
                "[{'name': 'a', 'error_output': true}] | inputs[0] has an unknown key; allowed keys are default, description, name, replace_on_change, type, value",
            })
    void reportsWhereTheSchemaIsInvalid(String inputs, String message) {
        InvalidSchema fault = assertThrows(InvalidSchema.class, () -> normalize(inputs));
        assertEquals(message, fault.getMessage());
    }

    private static String normalize(String inputs) throws JsonProcessingException {
        return InputSchema.normalize(MAPPER.readTree(inputs.replace('\'', '"'))).toString();
    }
}
