package dev.ember.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * An array parameter of a statement.
 *
 * @param type PostgreSQL's name of the type of the elements
 */
public record SqlArray(String type, Object[] elements) {

    /** An array with one element for each item of a batch. An element may be null. */
    public static <T> SqlArray of(String type, Collection<T> items, Function<T, ?> element) {
        return new SqlArray(type, items.stream().map(element).toArray(arrayConstructor(type)));
    }

    /**
     * Selects the Java type of the array. The driver sends arrays of these types in binary form, which costs less than
     * text.
     */
    private static IntFunction<Object[]> arrayConstructor(String type) {
        return switch (type) {
            case "text" -> String[]::new;
            case "int4" -> Integer[]::new;
            case "bool" -> Boolean[]::new;
            case "bytea" -> byte[][]::new;
            default -> Object[]::new;
        };
    }

    Array toJdbc(Connection connection) throws SQLException {
        return connection.createArrayOf(type, elements);
    }
}
