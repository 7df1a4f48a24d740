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
 * The fields of a JSON object, each read as the type that it must have. Absent and null are the same: null. A field of
 * another type is null too, and remembered, so that one answer can name everything that is wrong.
 */
public final class JsonFields {

    private final ObjectNode object;
    private final Map<String, String> violations = new LinkedHashMap<>();

    JsonFields(ObjectNode object) {
        this.object = object;
    }

    /** A string of Unicode characters without U+0000, which PostgreSQL cannot store. */
    public String text(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            return rejected(name, "must be a string");
        }
        String rejection = StorableText.violationOf(value.textValue());
        return rejection == null ? value.textValue() : rejected(name, rejection);
    }

    /**
     * A string that must not be lost for its content: U+FFFD replaces each character that PostgreSQL cannot store, and
     * what is beyond the length is cut off.
     *
     * @param maxLength in code points
     */
    public String reportedText(String name, int maxLength) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            return rejected(name, "must be a string");
        }
        String text = StorableText.repair(value.textValue());
        return text.codePointCount(0, text.length()) <= maxLength
                ? text
                : text.substring(0, text.offsetByCodePoints(0, maxLength));
    }

    /** A JSON object that must not be lost for its content, as {@link #reportedText} says. */
    public JsonText reportedObject(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            return rejected(name, "must be an object");
        }
        boolean storable = StorableJson.violationOf(value) == null;
        return new JsonText(Json.write(storable ? value : StorableJson.repair(value)));
    }

    /** One of the words of an enumeration, exactly as they are written there. */
    public <E extends Enum<E>> E word(String name, Class<E> words) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        return Words.find(words, value.textValue()).orElseGet(() -> rejected(name, Words.rule(words)));
    }

    /** A JSON object with any content that PostgreSQL can store. */
    public JsonText object(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        return value.isObject() ? stored(name, value) : rejected(name, "must be an object");
    }

    /** Any JSON value that PostgreSQL can store. */
    public JsonText any(String name) {
        JsonNode value = value(name);
        return value == null ? null : stored(name, value);
    }

    /**
     * A JSON value in a form of the service's own.
     *
     * @param form makes the form from the value, which is null when it is absent
     */
    public JsonText normalised(String name, Function<JsonNode, JsonNode> form) {
        return stored(name, form.apply(value(name)));
    }

    /** Remembers that a field breaks a rule. The first rule counts: a field of the wrong type is not missing too. */
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

    private JsonText stored(String name, JsonNode value) {
        String rejection = StorableJson.violationOf(value);
        return rejection == null ? new JsonText(Json.write(value)) : rejected(name, rejection);
    }

    private <T> T rejected(String name, String rule) {
        reject(name, rule);
        return null;
    }

    private JsonNode value(String name) {
        violations.put(name, ""); // keeps the order in which the fields are declared
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
