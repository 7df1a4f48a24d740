package dev.ember.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The database schema, and whether this service supports it. The service supports the versions that it was built for.
 * It also supports a newer version that is declared compatible with such services.
 */
@ApplicationScoped
public class Schema {

    /** The oldest version that the service supports. */
    public static final int VERSION = 20;

    /**
     * The version after the contraction, which removes what only earlier services use. It is that of the last file in
     * {@code db/migration}. This release has no contraction, so it is the same as the oldest version.
     */
    public static final int CONTRACTED = 20;

    private static final String UNDEFINED_TABLE = "42P01";

    private final DataSource database;
    private volatile boolean usable;

    Schema(DataSource database) {
        this.database = database;
    }

    /** Whether the service supports the schema. The result true is cached; otherwise the database is queried. */
    public boolean isUsable() throws SQLException {
        return usable || refresh();
    }

    /**
     * Whether the service supports the schema, according to the cached result. False if the database was never queried.
     */
    public boolean isKnownToBeUsable() {
        return usable;
    }

    /**
     * Whether the service supports the schema. Always queries the database, because a newer service may have migrated
     * it.
     */
    boolean refresh() throws SQLException {
        int installed = installedVersion();
        usable = installed >= VERSION && (installed <= CONTRACTED || findOldestCompatibleVersion() <= CONTRACTED);
        return usable;
    }

    /** The version of the schema in the database. 0 if there is no schema. */
    public int installedVersion() throws SQLException {
        try {
            return queryNumber("select coalesce(max(version::int), 0) from flyway_schema_history where success");
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return 0;
            }
            throw e;
        }
    }

    /** The oldest version that the installed schema is compatible with. */
    private int findOldestCompatibleVersion() throws SQLException {
        return queryNumber("select max(oldest_version) from schema_compatibility");
    }

    private int queryNumber(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement query = connection.createStatement();
                ResultSet result = query.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        }
    }
}
