package dev.ember.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;

/** Tells what PostgreSQL cannot store, before it is asked to. */
final class StorableJson {

    /** The most digits of a number on either side of the point, written without exponent as jsonb does. */
    private static final int MAX_DIGITS = Json.MAX_NUMBER_LENGTH;

    private int digits;

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
        return new StorableJson().refusal(value);
    }

    private String refusal(JsonNode value) {
        if (value.isTextual()) {
            return refusalOf(value.textValue());
        }
        if (value.isNumber()) {
            return refusalOf(value.decimalValue());
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String refusal = refusalOf(field.getKey());
            if (refusal != null) {
                return refusal;
            }
        }
        for (JsonNode member : value) {
            String refusal = refusal(member);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    /**
     * A number of few characters, such as 1e999, can have many digits; a body full of them must not fill the memory.
     */
    private String refusalOf(BigDecimal number) {
        if (number.scale() > MAX_DIGITS || (long) number.precision() - number.scale() > MAX_DIGITS) {
            return "must not contain a number of more than " + MAX_DIGITS + " digits before or after the point";
        }
        digits +=
                number.scale() < 0 ? number.precision() - number.scale() : Math.max(number.precision(), number.scale());
        return digits <= JsonBodyReader.MAX_BYTES
                ? null
                : "must not contain numbers of more than " + JsonBodyReader.MAX_BYTES + " digits in all";
    }
}
