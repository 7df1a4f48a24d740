package dev.ember.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * Recognizes the JSON values that are false in a Python condition, as Heat evaluates them: null, false, zero, and empty
 * strings, lists and objects.
 */
final class Falsy {

    private Falsy() {}

    /** @param value a JSON value, or null when it is absent */
    static boolean is(JsonNode value) {
        if (value == null || value.isNull()) {
            return true;
        }
        return switch (value.getNodeType()) {
            case BOOLEAN -> !value.booleanValue();
            case NUMBER -> value.decimalValue().signum() == 0;
            case STRING -> value.textValue().isEmpty();
            default -> value.isEmpty();
        };
    }

    /** Returns the value, or an empty object when the value is falsy. */
    static JsonNode toObject(JsonNode value) {
        return is(value) ? JsonNodeFactory.instance.objectNode() : value;
    }
}
