package dev.ember.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The schema of the database, and whether this service works with it: it has a version that the service was built for,
 * or a newer one that says that such services still work.
 */
@ApplicationScoped
public class Schema {

    /** The oldest version that the service works with. */
    public static final int VERSION = 14;

    /** The version without what only earlier services use: that of the last file in {@code db/migration}. */
    public static final int CONTRACTED = 15;

    private static final String UNDEFINED_TABLE = "42P01";

    private final DataSource database;
    private volatile boolean usable;

    Schema(DataSource database) {
        this.database = database;
    }

    /** Whether the service works with the schema. The database is not asked again after it was once usable. */
    public boolean isUsable() throws SQLException {
        return usable || check();
    }

    /** The same, without asking the database: false if it was never asked. */
    public boolean isKnownToBeUsable() {
        return usable;
    }

    /** The same, asking the database: a newer service may have migrated it since. */
    boolean check() throws SQLException {
        int installed = installedVersion();
        usable = installed >= VERSION && (installed <= CONTRACTED || oldestVersion() <= CONTRACTED);
        return usable;
    }

    /** The version that the database has, 0 when it has none. */
    public int installedVersion() throws SQLException {
        try {
            return query("select coalesce(max(version::int), 0) from flyway_schema_history where success");
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return 0;
            }
            throw e;
        }
    }

    /** The oldest version that a service may have been built for to work with a newer schema than its own. */
    private int oldestVersion() throws SQLException {
        return query("select max(oldest_version) from schema_compatibility");
    }

    private int query(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement query = connection.createStatement();
                ResultSet result = query.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        }
    }
}
