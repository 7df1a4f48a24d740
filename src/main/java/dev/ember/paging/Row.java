package dev.ember.paging;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * An item of a list.
 *
 * @param <K> the type of the ids
 * @param id the id of the item, which a client sends as the marker of the next page
 * @param size the size of the JSON in bytes, or an upper bound
 * @param json the JSON in UTF-8, or null when it exceeds the requested size
 */
public record Row<K>(K id, long size, byte[] json) {

    /** Reads the columns id, size and JSON, in this order. */
    public static Row<UUID> read(ResultSet row) throws SQLException {
        return new Row<>(UUID.fromString(row.getString(1)), row.getLong(2), row.getBytes(3));
    }
}
