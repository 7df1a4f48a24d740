package dev.ember.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads text as a number in the way of Python's {@code int()} and {@code float()}, which Heat tries in this order. */
final class PythonNumber {

    private static final String DIGITS = "\\d(?:_?\\d)*";
    private static final Pattern INTEGER = Pattern.compile("[+-]?" + DIGITS);
    private static final Pattern FLOAT = Pattern.compile(
            "[+-]?(?:" + DIGITS + "\\.?(?:" + DIGITS + ")?|\\." + DIGITS + ")(?:[eE][+-]?" + DIGITS + ")?");
    private static final int MAX_DIGITS = 1_000;

    private PythonNumber() {}

    /** The number; empty for text that is none, or none that JSON can write: NaN and the infinities. */
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
