package dev.ember.text;

/** The rule which texts PostgreSQL can store: all of Unicode without U+0000. */
public final class StorableText {

    private static final int REPLACEMENT = 0xFFFD;

    private StorableText() {}

    /** The rule that a text breaks, as the end of a sentence, or null when the text can be stored. */
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
                    return "must not contain half of a surrogate pair";
                }
                i++;
            }
        }
        return null;
    }

    /** Replaces each character that cannot be stored by U+FFFD. Returns the same text when there is none. */
    public static String repair(String text) {
        if (violationOf(text) == null) {
            return text;
        }
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints().map(StorableText::repair).forEach(repaired::appendCodePoint);
        return repaired.toString();
    }

    /** A code point in the range of surrogates is half of a pair without its other half. */
    private static int repair(int codePoint) {
        boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return codePoint == 0 || half ? REPLACEMENT : codePoint;
    }
}
