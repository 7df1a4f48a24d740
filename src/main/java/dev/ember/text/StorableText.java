package dev.ember.text;

/** Checks and repairs text for PostgreSQL, which can store all of Unicode except U+0000. */
public final class StorableText {

    private static final int REPLACEMENT = 0xFFFD;

    private StorableText() {}

    /** Returns the rule that a text violates, worded as the end of a sentence, or null when the text can be stored. */
    public static String violationOf(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "must not contain the character U+0000";
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return "must not contain an unpaired surrogate";
                }
                i++;
            }
        }
        return null;
    }

    /** Replaces each character that cannot be stored with U+FFFD. Returns the same instance when all can be stored. */
    public static String repair(String text) {
        if (violationOf(text) == null) {
            return text;
        }
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints().map(StorableText::repair).forEach(repaired::appendCodePoint);
        return repaired.toString();
    }

    /** Truncates a text to a number of code points. Returns a shorter text unchanged. */
    public static String truncate(String text, int maxLength) {
        return text.codePointCount(0, text.length()) <= maxLength
                ? text
                : text.substring(0, text.offsetByCodePoints(0, maxLength));
    }

    /** A code point in the surrogate range is an unpaired surrogate. */
    private static int repair(int codePoint) {
        boolean unpaired = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return codePoint == 0 || unpaired ? REPLACEMENT : codePoint;
    }
}
