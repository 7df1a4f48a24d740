package dev.ember.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The values that Python, and so Heat, takes for nothing: null, false, zero, and whatever is empty. */
final class Falsy {

    private Falsy() {}

    /** @param value a JSON value, or null for an absent one */
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

    /** The value, or an empty object in place of nothing. */
    static JsonNode toObject(JsonNode value) {
        return is(value) ? JsonNodeFactory.instance.objectNode() : value;
    }
}
