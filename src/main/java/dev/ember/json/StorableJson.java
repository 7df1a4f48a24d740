package dev.ember.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ember.text.StorableText;
import java.util.Map;

/** The rule which JSON values PostgreSQL can store: those whose names and strings are storable texts. */
final class StorableJson {

    private StorableJson() {}

    /** The rule that a value breaks, as the end of a sentence, or null when the value can be stored. */
    static String violationOf(JsonNode value) {
        if (value.isTextual()) {
            return StorableText.violationOf(value.textValue());
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String rejection = StorableText.violationOf(field.getKey());
            if (rejection != null) {
                return rejection;
            }
        }
        for (JsonNode member : value) {
            String rejection = violationOf(member);
            if (rejection != null) {
                return rejection;
            }
        }
        return null;
    }

    /** Replaces each character that cannot be stored by U+FFFD, in names too. */
    static JsonNode repair(JsonNode value) {
        if (value.isTextual()) {
            return JsonNodeFactory.instance.textNode(StorableText.repair(value.textValue()));
        }
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            value.properties()
                    .forEach(field -> object.set(StorableText.repair(field.getKey()), repair(field.getValue())));
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(member -> array.add(repair(member)));
            return array;
        }
        return value;
    }
}
