package dev.ember.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Tells what PostgreSQL cannot store, before it is asked to, and replaces it where nothing may be lost. */
final class StorableJson {

    private static final int REPLACEMENT = 0xFFFD;

    private StorableJson() {}

    /** Why a text cannot be stored, or null when it can. */
    static String refusalOf(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "must not contain the character U+0000";
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return "must not contain half of a surrogate pair";
                }
                i++;
            }
        }
        return null;
    }

    /** Why a JSON value cannot be stored, or null when it can. */
    static String refusalOf(JsonNode value) {
        if (value.isTextual()) {
            return refusalOf(value.textValue());
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String refusal = refusalOf(field.getKey());
            if (refusal != null) {
                return refusal;
            }
        }
        for (JsonNode member : value) {
            String refusal = refusalOf(member);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    /**
     * Replaces each character that cannot be stored by U+FFFD. Returns the same text when there is nothing to replace.
     */
    static String storable(String text) {
        if (refusalOf(text) == null) {
            return text;
        }
        StringBuilder storable = new StringBuilder(text.length());
        text.codePoints().map(StorableJson::storable).forEach(storable::appendCodePoint);
        return storable.toString();
    }

    /** Replaces each character that cannot be stored by U+FFFD, in names too. */
    static JsonNode storable(JsonNode value) {
        if (value.isTextual()) {
            return JsonNodeFactory.instance.textNode(storable(value.textValue()));
        }
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(field -> object.set(storable(field.getKey()), storable(field.getValue())));
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(member -> array.add(storable(member)));
            return array;
        }
        return value;
    }

    /** A code point that is a surrogate is half of a pair: the other half is not beside it. */
    private static int storable(int codePoint) {
        boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return codePoint == 0 || half ? REPLACEMENT : codePoint;
    }
}
