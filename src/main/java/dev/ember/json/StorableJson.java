package dev.ember.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Tells what PostgreSQL cannot store, before it is asked to. */
final class StorableJson {

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
}
