package dev.ember.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Validates that a body is UTF-8 as RFC 3629 defines it. Jackson is more lenient: it also accepts overlong forms and
 * encoded surrogates.
 */
final class Utf8 {

    /** The number of characters that are decoded at once. They are then discarded. */
    private static final int CHUNK = 1_024;

    private Utf8() {}

    /**
     * Returns the offset of the first byte that does not belong to a valid character, or -1 when all bytes are UTF-8.
     * For a truncated, overlong or surrogate character, this is its first byte.
     */
    static int firstInvalidByte(byte[] bytes) {
        int ascii = 0;
        while (ascii < bytes.length && bytes[ascii] >= 0) {
            ascii++;
        }
        if (ascii == bytes.length) {
            return -1;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // A new decoder reports malformed input.
        ByteBuffer in = ByteBuffer.wrap(bytes, ascii, bytes.length - ascii);
        CharBuffer out = CharBuffer.allocate(CHUNK);
        while (decoder.decode(in, out, true).isOverflow()) {
            out.clear();
        }
        return in.hasRemaining() ? in.position() : -1;
    }

    /**
     * Returns whether the bytes start with a UTF-16 byte order mark or have a zero byte among the first two. JSON in
     * UTF-8 has neither.
     */
    static boolean looksLikeUtf16Or32(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int start = (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        return start == 0xFEFF || start == 0xFFFE || bytes[0] == 0 || bytes[1] == 0;
    }

    static boolean hasByteOrderMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    }
}
