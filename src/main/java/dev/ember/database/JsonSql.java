package dev.ember.database;

/** Pieces of SQL that render JSON as the API has it. */
public final class JsonSql {

    /** The most bytes of UTF-8 that a byte of text becomes in JSON, as an escape such as {@code \}{@code u0001}. */
    private static final int ESCAPED = 6;

    /** More than the names, quotes, ids and times of any resource take. */
    private static final int REST = 768;

    private JsonSql() {}

    /** A time as text in UTC, in whole seconds. */
    public static String time(String column) {
        return "to_char(" + column + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
    }

    /**
     * An upper bound of the bytes of a row in JSON, which is cheaper than to render it.
     *
     * @param json columns of the type json
     * @param texts columns of text
     */
    public static String size(Iterable<String> json, Iterable<String> texts) {
        StringBuilder size = new StringBuilder("(" + REST);
        json.forEach(column ->
                size.append(" + coalesce(octet_length(").append(column).append("::text), 4)"));
        texts.forEach(column -> size.append(" + ")
                .append(ESCAPED)
                .append(" * coalesce(octet_length(")
                .append(column)
                .append("), 1)"));
        return size.append(")::bigint").toString();
    }
}
