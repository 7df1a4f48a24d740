package dev.ember.database;

/** SQL expressions that render JSON in the format of the API. */
public final class JsonSql {

    /** The most bytes of JSON that one byte of text in UTF-8 needs, in an escape such as {@code \}{@code u0001}. */
    private static final int MAX_ESCAPED_BYTES = 6;

    /** An upper bound of the bytes for the names, quotes, ids and times of a resource. */
    private static final int FIXED_BYTES = 768;

    private JsonSql() {}

    /** The expression for a time as text, in UTC and whole seconds. */
    public static String time(String column) {
        return "to_char(" + column + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
    }

    /**
     * The expression for an upper bound of the bytes of a row in JSON. It is cheaper than rendering the row.
     *
     * @param json columns of the type json
     * @param texts columns of text
     */
    public static String size(Iterable<String> json, Iterable<String> texts) {
        StringBuilder size = new StringBuilder("(" + FIXED_BYTES);
        json.forEach(column ->
                size.append(" + coalesce(octet_length(").append(column).append("::text), 4)"));
        texts.forEach(column -> size.append(" + ")
                .append(MAX_ESCAPED_BYTES)
                .append(" * coalesce(octet_length(")
                .append(column)
                .append("), 1)"));
        return size.append(")::bigint").toString();
    }
}
