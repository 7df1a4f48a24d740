package dev.ember.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A value within a larger stored value. It is copied as it is, which costs a fraction of parsing and rendering it.
 *
 * @param json the larger value in UTF-8
 * @param start the position of the first byte
 * @param end the position after the last byte
 */
public record JsonSlice(byte[] json, int start, int end) {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    public boolean isNull() {
        return Arrays.equals(json, start, end, NULL, 0, NULL.length);
    }

    public JsonNode parse() {
        return StoredJson.parse(json, start, end - start);
    }

    /**
     * Writes the value.
     *
     * @param generator expects a value
     * @param out the output of the generator
     */
    public void write(JsonGenerator generator, ByteArrayOutputStream out) throws IOException {
        // Writes what comes before a value, such as the colon.
        generator.writeRawValue("");
        generator.flush();
        out.write(json, start, end - start);
    }
}
