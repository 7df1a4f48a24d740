package dev.ember.settings;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Reads keys in settings. */
public final class KeyText {

    /** The shortest key, in bytes. */
    private static final int MIN_BYTES = 32;

    private KeyText() {}

    /**
     * Reads a key in hexadecimal or Base64. Text of hexadecimal digits alone is hexadecimal, although it is Base64 too.
     *
     * @return empty when the text is neither, or has fewer than 32 bytes
     */
    public static Optional<byte[]> decode(String text) {
        try {
            String key = text.strip();
            byte[] bytes = key.matches("([0-9a-fA-F]{2})+")
                    ? HexFormat.of().parseHex(key)
                    : Base64.getDecoder().decode(key.replace('-', '+').replace('_', '/'));
            return Optional.of(bytes).filter(decoded -> decoded.length >= MIN_BYTES);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The message does not show the key. */
    static Rule rule() {
        return (text, settings) -> decode(text).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "is not a key. Set it to at least 32 bytes in hexadecimal or Base64, such as the output of"
                                + " openssl rand -hex 32.");
    }
}
