package dev.ember.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ember.text.StorableText;
import java.util.Map;

/** Checks and repairs JSON values for PostgreSQL, which can store those whose names and strings are storable texts. */
final class StorableJson {

    private StorableJson() {}

    /**
     * Returns the rule that a value violates, worded as the end of a sentence, or null when the value can be stored.
     */
    static String violationOf(JsonNode value) {
        if (value.isTextual()) {
            return StorableText.violationOf(value.textValue());
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String violation = StorableText.violationOf(field.getKey());
            if (violation != null) {
                return violation;
            }
        }
        for (JsonNode child : value) {
            String violation = violationOf(child);
            if (violation != null) {
                return violation;
            }
        }
        return null;
    }

    /** Replaces each character that cannot be stored with U+FFFD, in names too. Returns a storable value unchanged. */
    static JsonNode repair(JsonNode value) {
        return violationOf(value) == null ? value : replace(value);
    }

    private static JsonNode replace(JsonNode value) {
        if (value.isTextual()) {
            return JsonNodeFactory.instance.textNode(StorableText.repair(value.textValue()));
        }
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            value.properties()
                    .forEach(field -> object.set(StorableText.repair(field.getKey()), replace(field.getValue())));
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(child -> array.add(replace(child)));
            return array;
        }
        return value;
    }
}
