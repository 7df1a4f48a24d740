package dev.ember.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads the values of arrays in a stored array, one after the other. */
public final class JsonValues implements AutoCloseable {

    private final byte[] json;
    private final JsonParser parser;

    /** @param json an array of arrays in UTF-8 */
    public JsonValues(byte[] json) throws IOException {
        this.json = json;
        parser = StoredJson.parser(json);
        parser.nextToken();
    }

    /** Moves to the first value of the next array. All values of the one before were read. */
    public boolean nextArray() throws IOException {
        return parser.nextToken() == JsonToken.START_ARRAY && parser.nextToken() != null;
    }

    /** Reads a text, or null. */
    public String text() throws IOException {
        String text = parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText();
        parser.nextToken();
        return text;
    }

    public int integer() throws IOException {
        int number = parser.getIntValue();
        parser.nextToken();
        return number;
    }

    /** Reads any value without parsing it. */
    public JsonSlice slice() throws IOException {
        int start = position();
        parser.skipChildren();
        parser.nextToken();
        int end = position();
        while (isSeparator(json[end - 1])) {
            end--;
        }
        return new JsonSlice(json, start, end);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private int position() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** Whether a byte is between two values. No value ends with such a byte. */
    private static boolean isSeparator(byte character) {
        return character == ',' || character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }
}
