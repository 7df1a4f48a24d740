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

/** Parses request bodies as strict RFC 8259 JSON in UTF-8. Numbers keep all their digits. */
final class Json {

    /** The maximum nesting depth of objects and arrays. */
    static final int MAX_DEPTH = 1_000;

    /** The maximum length of a number, in characters. */
    static final int MAX_NUMBER_LENGTH = 1_000;

    /**
     * The maximum number of tokens: values, names, and ends of objects and arrays. A short token takes thirty times as
     * much memory as it takes bytes in the body. A limit on the body size alone would not protect the heap.
     */
    static final int MAX_TOKENS = 100_000;

    /** The memory of a token of a JSON object beside its text, with its share of a map or a list, in bytes. */
    private static final int TOKEN_BYTES = 100;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    // Clients choose the names, so names must not fill the JVM-wide table of interned strings.
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
     * Parses a JSON object. When a name is repeated, the last value wins.
     *
     * @throws MalformedRequest when the bytes are not a JSON object in UTF-8, or exceed a limit
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
    private static JsonNode parse(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new MalformedRequest(describe(e, bytes));
        } catch (IOException e) {
            throw new MalformedRequest("The body is not JSON in UTF-8");
        } catch (ArithmeticException | NumberFormatException e) {
            throw new MalformedRequest("The body contains a number with an exponent that is out of range");
        }
    }

    /**
     * Returns an upper bound of the memory that {@link #read} allocates for a body beside the text of strings, in
     * bytes.
     */
    static long estimateMemory(byte[] bytes) {
        int separators = 0;
        for (byte character : bytes) {
            if (character == ',' || character == ':' || character == '{' || character == '[') {
                separators++;
            }
        }
        return (long) TOKEN_BYTES * Math.min(separators, MAX_TOKENS);
    }

    /**
     * Rejects bodies that are not UTF-8 or start with a byte order mark, as RFC 8259, section 8.1, requires. The fault
     * names the position of the first byte that does not belong to a valid character.
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

    /** Replaces Jackson's own messages, which quote the body and name classes. */
    private static String describe(JsonProcessingException e, byte[] bytes) {
        if (e instanceof StreamConstraintsException) {
            return "The body exceeds a limit: at most " + MAX_DEPTH + " levels of nesting, " + MAX_NUMBER_LENGTH
                    + " characters in a number, and " + MAX_TOKENS + " JSON tokens";
        }
        if (e instanceof JsonEOFException) {
            return "The body is not JSON: unexpected end of input";
        }
        return "The body is not JSON: "
                + Position.of(bytes, (int) e.getLocation().getByteOffset());
    }
}
