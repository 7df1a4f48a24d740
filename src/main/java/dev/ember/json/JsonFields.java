package dev.ember.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ember.fault.InvalidData;
import dev.ember.text.StorableText;
import dev.ember.text.Words;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads the fields of a JSON object as their expected types. Absent and null are the same: null. A field of another
 * type also reads as null. Its violation is collected, so that one response lists all violations.
 */
public final class JsonFields {

    private final ObjectNode object;
    private final Map<String, String> violations = new LinkedHashMap<>();

    JsonFields(ObjectNode object) {
        this.object = object;
    }

    /** Reads a string that PostgreSQL can store: any Unicode characters except U+0000. */
    public String text(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            return rejected(name, "must be a string");
        }
        String violation = StorableText.violationOf(value.textValue());
        return violation == null ? value.textValue() : rejected(name, violation);
    }

    /**
     * Reads a string that must not be rejected for its content. Each character that PostgreSQL cannot store is replaced
     * with U+FFFD. Longer text is truncated.
     *
     * @param maxLength the maximum length in code points
     */
    public String reportedText(String name, int maxLength) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            return rejected(name, "must be a string");
        }
        return StorableText.truncate(StorableText.repair(value.textValue()), maxLength);
    }

    /**
     * Reads a JSON object that must not be rejected for its content. Repairs its strings as {@link #reportedText} does.
     */
    public JsonText reportedObject(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            return rejected(name, "must be an object");
        }
        return new JsonText(Json.write(StorableJson.repair(value)));
    }

    /** Reads an enumeration value. Matching is case-sensitive. */
    public <E extends Enum<E>> E word(String name, Class<E> words) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        return Words.find(words, value.textValue()).orElseGet(() -> rejected(name, Words.rule(words)));
    }

    /** Reads a JSON object with any content that PostgreSQL can store. */
    public JsonText object(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        return value.isObject() ? storable(name, value) : rejected(name, "must be an object");
    }

    /** Reads any JSON value that PostgreSQL can store. */
    public JsonText any(String name) {
        JsonNode value = value(name);
        return value == null ? null : storable(name, value);
    }

    /**
     * Reads a JSON value and normalizes it.
     *
     * @param normalizer converts the value to its normal form; gets null when the field is absent or null
     */
    public JsonText normalized(String name, Function<JsonNode, JsonNode> normalizer) {
        return storable(name, normalizer.apply(value(name)));
    }

    /**
     * Records that a field violates a rule. Only the first violation of a field counts: a field of the wrong type is
     * not also reported as missing.
     */
    void reject(String name, String rule) {
        violations.merge(name, rule, (first, next) -> first.isEmpty() ? next : first);
    }

    void throwIfAnyWasRejected() {
        violations.values().removeIf(String::isEmpty);
        if (!violations.isEmpty()) {
            throw new InvalidData(violations.entrySet().stream()
                    .map(e -> e.getKey() + " " + e.getValue())
                    .toList());
        }
    }

    private JsonText storable(String name, JsonNode value) {
        String violation = StorableJson.violationOf(value);
        return violation == null ? new JsonText(Json.write(value)) : rejected(name, violation);
    }

    private <T> T rejected(String name, String rule) {
        reject(name, rule);
        return null;
    }

    private JsonNode value(String name) {
        violations.put(name, ""); // keeps violations in the order of declaration
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
