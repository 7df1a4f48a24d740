package dev.ember.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ember.fault.MalformedRequest;
import dev.ember.limits.BodySize;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How request bodies are read: RFC 8259 to the letter, in UTF-8, and no number loses a digit. */
final class Json {

    /** The deepest nesting of objects and arrays that is read. */
    static final int MAX_DEPTH = 1_000;

    /** The longest number that is read, in characters. */
    static final int MAX_NUMBER_LENGTH = 1_000;

    /**
     * The most tokens that are read: values, names, and ends of objects and arrays. In memory a short one is thirty
     * times as large as in the body, so that the size of the body alone would not keep the heap from being filled.
     */
    static final int MAX_TOKENS = 100_000;

    /** What a token of a JSON object takes in memory beside its text, in bytes, with its share of a map or a list. */
    private static final int TOKEN = 100;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    // Names come from strangers: the JVM-wide table of interned strings is not for them.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .maxTokenCount(MAX_TOKENS)
                            .maxNameLength(BodySize.MAX_BYTES)
                            .maxStringLength(BodySize.MAX_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /**
     * Reads a JSON object. Of a name that is repeated, the last value counts.
     *
     * @throws MalformedRequest when the bytes are anything else
     */
    static ObjectNode read(byte[] bytes) {
        ObjectNode object = readObjectOrNull(bytes);
        if (object == null) {
            throw new MalformedRequest("The body must be a JSON object");
        }
        return object;
    }

    /** Reads a JSON object as {@link #read} does; null when the body is the JSON value null. */
    static ObjectNode readObjectOrNull(byte[] bytes) {
        rejectOtherEncodings(bytes);
        JsonNode node = parse(bytes);
        if (node.isMissingNode()) {
            throw new MalformedRequest("The body is empty; it must be a JSON object");
        }
        if (node.isNull()) {
            return null;
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new MalformedRequest("The body must be a JSON object");
    }

    /**
     * Parses a JSON value.
     *
     * @return the value, a missing node for an empty text
     * @throws MalformedRequest when the bytes are not JSON
     */
    static JsonNode parse(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new MalformedRequest(explain(e, bytes));
        } catch (IOException e) {
            throw new MalformedRequest("The body is not JSON in UTF-8");
        } catch (ArithmeticException | NumberFormatException e) {
            throw new MalformedRequest("The body holds a number with an exponent beyond what is read");
        }
    }

    /** An upper bound of what {@link #read} makes of a body, in bytes, beside the text of strings. */
    static long memory(byte[] bytes) {
        int separators = 0;
        for (byte character : bytes) {
            if (character == ',' || character == ':' || character == '{' || character == '[') {
                separators++;
            }
        }
        return (long) TOKEN * Math.min(separators, MAX_TOKENS);
    }

    /**
     * RFC 8259, section 8.1: JSON is exchanged in UTF-8, without a byte order mark. The position is that of the first
     * byte that does not belong to a character.
     */
    private static void rejectOtherEncodings(byte[] bytes) {
        if (Utf8.looksLikeUtf16Or32(bytes)) {
            throw new MalformedRequest("The body is not UTF-8: it looks like UTF-16 or UTF-32");
        }
        if (Utf8.hasByteOrderMark(bytes)) {
            throw new MalformedRequest("The body begins with a byte order mark; JSON must not have one");
        }
        int invalid = Utf8.firstInvalidByte(bytes);
        if (invalid >= 0) {
            throw new MalformedRequest("The body is not UTF-8: " + Position.of(bytes, invalid));
        }
    }

    static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Jackson's own messages quote the body and name classes. */
    private static String explain(JsonProcessingException e, byte[] bytes) {
        if (e instanceof StreamConstraintsException) {
            return "The body is beyond what is read: at most " + MAX_DEPTH + " levels of nesting, " + MAX_NUMBER_LENGTH
                    + " characters in a number, and " + MAX_TOKENS + " JSON tokens";
        }
        if (e instanceof JsonEOFException) {
            return "The body is not JSON: it ends too early";
        }
        return "The body is not JSON: "
                + Position.of(bytes, (int) e.getLocation().getByteOffset());
    }
}
