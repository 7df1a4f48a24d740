package dev.ember.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * An array as a parameter of a statement.
 *
 * @param type the name of the elements' type in PostgreSQL
 */
public record SqlArray(String type, Object[] elements) {

    /** An array with one element for each member of a batch; an element may be null. */
    public static <M> SqlArray of(String type, Collection<M> members, Function<M, ?> element) {
        return new SqlArray(type, members.stream().map(element).toArray(arrays(type)));
    }

    /** The driver sends arrays of these Java types in binary form, which costs it less than text. */
    private static IntFunction<Object[]> arrays(String type) {
        return switch (type) {
            case "text" -> String[]::new;
            case "int4" -> Integer[]::new;
            case "bool" -> Boolean[]::new;
            case "bytea" -> byte[][]::new;
            default -> Object[]::new;
        };
    }

    Array on(Connection connection) throws SQLException {
        return connection.createArrayOf(type, elements);
    }
}
