package dev.ember.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** JSON between the database and the service. No number loses a digit. */
public final class StoredJson {

    private StoredJson() {}

    /** Parses a value that was stored, or null. */
    public static JsonNode parse(String text) {
        return text == null ? null : Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Renders a value as it is stored. */
    public static String write(JsonNode value) {
        return Json.write(value);
    }
}
