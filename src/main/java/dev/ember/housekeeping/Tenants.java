package dev.ember.housekeeping;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Goes from tenant to tenant and finds the deployments that are too many; reads along the index of a tenant's list. */
final class Tenants {

    /** How many deployments one statement looks at: no more than takes milliseconds. */
    private static final int STRETCH = 2_000;

    private static final UUID END = new UUID(-1, -1);

    private final int kept;
    private String tenant = "";

    /** @param kept how many deployments that are over are not too many */
    Tenants(int kept) {
        this.kept = kept;
    }

    String present() {
        return tenant;
    }

    /** Goes on to the next tenant; false after the last, and then begins again. */
    boolean next(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select tenant_id from software_deployment where tenant_id > ? order by tenant_id limit 1")) {
            query.setString(1, tenant);
            try (ResultSet result = query.executeQuery()) {
                boolean found = result.next();
                tenant = found ? result.getString(1) : "";
                return found;
            }
        }
    }

    /** The newest of the present tenant's deployments that are over and too many, or null. */
    UUID newestSurplus(Connection connection) throws SQLException {
        if (!hasMore(connection)) {
            return null;
        }
        int over = 0;
        UUID before = END;
        for (int read = STRETCH; read == STRETCH; ) {
            read = 0;
            try (PreparedStatement query = connection.prepareStatement(
                    """
                    select id, status <> 'IN_PROGRESS' from software_deployment where tenant_id = ? and id < ?
                    order by id desc limit ?""")) {
                query.setString(1, tenant);
                query.setObject(2, before);
                query.setInt(3, STRETCH);
                try (ResultSet result = query.executeQuery()) {
                    for (; result.next(); read++) {
                        before = result.getObject(1, UUID.class);
                        over += result.getBoolean(2) ? 1 : 0;
                        if (over > kept) {
                            return before;
                        }
                    }
                }
            }
        }
        return null;
    }

    /** Whether the tenant has more deployments than are kept, over or not; the index alone tells. */
    private boolean hasMore(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select 1 from software_deployment where tenant_id = ? order by id desc offset ? limit 1")) {
            query.setString(1, tenant);
            query.setInt(2, kept);
            try (ResultSet result = query.executeQuery()) {
                return result.next();
            }
        }
    }
}
