package dev.ember.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ember.fault.InvalidSchema;
import java.util.Set;

/** The inputs of a software config, brought into the form that Heat keeps and returns them in. */
final class InputSchema {

    private static final Set<String> KEYS =
            Set.of("name", "description", "type", "default", "replace_on_change", "value");

    private InputSchema() {}

    /**
     * @param inputs what the client sent, or null
     * @throws InvalidSchema when it breaks the schema
     */
    static JsonNode normalize(JsonNode inputs) {
        return Member.normalizeAll("inputs", inputs, KEYS, InputSchema::normalize);
    }

    private static void normalize(Member input) {
        input.readName();
        input.readDescription();
        input.readType();
        readDefault(input);
        if (input.flag("replace_on_change")) {
            input.read("replace_on_change", true);
        }
        if (input.has("value")) {
            input.read("value", input.given("value"));
        }
    }

    private static void readDefault(Member input) {
        JsonNode value = input.given("default");
        if (value == null) {
            return;
        }
        if (!input.has("type")) {
            if (!value.isNull()) {
                input.read("default", value);
            }
        } else if (!input.given("type").isNull()) {
            input.read("default", input.converted("default", input.type()));
        } else if (!value.isNull()) {
            throw InvalidSchema.type(input.position("type"));
        }
    }
}
