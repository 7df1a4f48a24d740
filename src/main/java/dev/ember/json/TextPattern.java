package dev.ember.json;

/** What the OpenAPI document says of texts, in the regular expressions that all generators of clients understand. */
public final class TextPattern {

    /** Any text that can be stored. */
    public static final String ANY = "^[^\\x00]*$";

    /** The same with a character that is neither a blank nor a control character. */
    public static final String NOT_BLANK = "^[^\\x00]*[^\\x00-\\x20][^\\x00]*$";

    /** The same but {@code .} and {@code ..}, which are no name in the path of a URL: RFC 3986, section 5.2.4. */
    public static final String PATH_SEGMENT =
            "^[^\\x00]*([^\\x00-\\x20.]|\\.[\\x01-\\x20]|[\\x01-\\x20]\\.|\\.\\.\\.)[^\\x00]*$";

    private TextPattern() {}
}
