package dev.ember.database;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jboss.logging.Logger;

/**
 * Rejects new connections to a former primary. A primary that was frozen or cut off during a failover still says that
 * it is the primary until it is stopped, and returns old data.
 *
 * <p>Each failover begins a new timeline, which has a higher number. A primary on an older timeline than one that this
 * service has seen is a former one. A restored or upgraded database may be another system, whose timelines begin again.
 *
 * @see <a href="https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-TIMELINES">PostgreSQL's
 *     timelines</a>
 */
@Singleton
final class FormerPrimary implements AgroalPoolInterceptor {

    private static final Logger LOG = Logger.getLogger(FormerPrimary.class);

    /** The name of the current WAL file begins with the timeline. No row if the server is a standby. */
    private static final String FIND =
            """
            select system_identifier, ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
            from pg_control_system() where not pg_is_in_recovery()""";

    /** The SQLSTATE with which the request gets 503, as without a server. */
    private static final String CONNECTION_FAILURE = "08006";

    /** The service is connected to a new primary. Older connections lead to a former one. */
    record Failover() {}

    private final Event<Failover> failovers;
    private long system;
    private int newestTimeline;

    FormerPrimary(Event<Failover> failovers) {
        this.failovers = failovers;
    }

    @Override
    public void onConnectionCreate(Connection connection) {
        if (isFormer(connection)) {
            close(connection);
            throw new IllegalStateException(new SQLException("The server is a former primary", CONNECTION_FAILURE));
        }
    }

    private boolean isFormer(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(FIND)) {
            return rows.next() && isFormer(rows.getLong(1), rows.getInt(2));
        } catch (SQLException e) {
            LOG.debug("The timeline of the database is unknown");
            return false;
        }
    }

    synchronized boolean isFormer(long systemOfServer, int timeline) {
        if (systemOfServer == system && timeline < newestTimeline) {
            LOG.warnf(
                    "A connection to a former primary was rejected: timeline %d, but the newest is %d",
                    timeline, newestTimeline);
            return true;
        }
        if (systemOfServer == system && timeline > newestTimeline) {
            failovers.fire(new Failover());
        }
        system = systemOfServer;
        newestTimeline = timeline;
        return false;
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("Closing a connection to a former primary failed");
        }
    }
}
