package dev.ember.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ember.fault.InvalidSchema;
import java.util.Set;

/** Validates the inputs of a software config and normalizes them as Heat does. */
final class InputSchema {

    private static final Set<String> KEYS =
            Set.of("name", "description", "type", "default", "replace_on_change", "value");

    private InputSchema() {}

    /**
     * Normalizes a list of inputs.
     *
     * @param inputs the list as the client sent it, or null
     * @throws InvalidSchema when an input violates the schema
     */
    static JsonNode normalize(JsonNode inputs) {
        return SchemaEntry.normalizeAll("inputs", inputs, KEYS, InputSchema::normalize);
    }

    private static void normalize(SchemaEntry input) {
        input.addName();
        input.addDescription();
        input.addType();
        addDefault(input);
        if (input.isTrue("replace_on_change")) {
            input.put("replace_on_change", true);
        }
        if (input.has("value")) {
            input.put("value", input.get("value"));
        }
    }

    private static void addDefault(SchemaEntry input) {
        JsonNode value = input.get("default");
        if (value == null) {
            return;
        }
        if (!input.has("type")) {
            if (!value.isNull()) {
                input.put("default", value);
            }
        } else if (!input.get("type").isNull()) {
            input.put("default", input.convert("default", input.type()));
        } else if (!value.isNull()) {
            throw InvalidSchema.type(input.position("type"));
        }
    }
}
