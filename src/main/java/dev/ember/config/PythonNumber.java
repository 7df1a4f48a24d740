package dev.ember.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses text as a number like Python's {@code int()} and then {@code float()}, which Heat tries in this order. */
final class PythonNumber {

    private static final String DIGITS = "\\d(?:_?\\d)*";
    private static final Pattern INTEGER = Pattern.compile("[+-]?" + DIGITS);
    private static final Pattern FLOAT = Pattern.compile(
            "[+-]?(?:" + DIGITS + "\\.?(?:" + DIGITS + ")?|\\." + DIGITS + ")(?:[eE][+-]?" + DIGITS + ")?");
    private static final int MAX_DIGITS = 1_000;

    private PythonNumber() {}

    /**
     * Returns the number. Returns empty when the text is not a number, is longer than 1,000 characters, or when JSON
     * cannot represent the number: NaN and infinities.
     */
    static Optional<JsonNode> parse(String text) {
        String stripped = text.strip();
        if (stripped.length() > MAX_DIGITS) {
            return Optional.empty();
        }
        String digits = stripped.replace("_", "");
        if (INTEGER.matcher(stripped).matches()) {
            return Optional.of(BigIntegerNode.valueOf(new BigInteger(digits)));
        }
        if (!FLOAT.matcher(stripped).matches()) {
            return Optional.empty();
        }
        double number = Double.parseDouble(digits);
        return Double.isInfinite(number) ? Optional.empty() : Optional.of(DoubleNode.valueOf(number));
    }
}
