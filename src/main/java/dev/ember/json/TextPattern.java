package dev.ember.json;

/**
 * Patterns for text in the OpenAPI document. They use only the regular expression syntax that all client generators
 * support.
 */
public final class TextPattern {

    /** Any text that can be stored. */
    public static final String ANY = "^[^\\x00]*$";

    /** Storable text with at least one character that is neither a blank nor a control character. */
    public static final String NOT_BLANK = "^[^\\x00]*[^\\x00-\\x20][^\\x00]*$";

    /**
     * Like {@link #NOT_BLANK}, but not {@code .} or {@code ..}, which cannot be a segment of a URL path: RFC 3986,
     * section 5.2.4.
     */
    public static final String PATH_SEGMENT =
            "^[^\\x00]*([^\\x00-\\x20.]|\\.[\\x01-\\x20]|[\\x01-\\x20]\\.|\\.\\.\\.)[^\\x00]*$";

    private TextPattern() {}
}
