package dev.ember.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The version of the schema: the one that the service works with, and the one that the database has. */
@ApplicationScoped
public class Schema {

    /** The version that the service works with: that of the last file in {@code db/migration}. */
    public static final int VERSION = 8;

    private static final String UNDEFINED_TABLE = "42P01";

    private final DataSource database;
    private volatile boolean current;

    Schema(DataSource database) {
        this.database = database;
    }

    /**
     * Whether the database has the version that the service works with. Once it had, it is not asked again: a newer
     * service may then migrate while this one finishes its work.
     */
    public boolean isCurrent() throws SQLException {
        if (!current) {
            current = installedVersion() == VERSION;
        }
        return current;
    }

    /** Whether it is known that the database has, or had, that version: without asking it. */
    boolean isKnownToBeCurrent() {
        return current;
    }

    /** The version that the database has, 0 when it has none. */
    public int installedVersion() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement query = connection.createStatement();
                ResultSet result = query.executeQuery(
                        "select coalesce(max(version::int), 0) from flyway_schema_history where success")) {
            result.next();
            return result.getInt(1);
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return 0;
            }
            throw e;
        }
    }
}
