package dev.ember.fault;

import java.sql.SQLException;

/** Tells a database that is out of reach from a statement that it refused. */
final class DatabaseFailure {

    private DatabaseFailure() {}

    /**
     * Whether a failure comes from a database that is down, starting, stopping, cut off or out of resources.
     *
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL's error codes</a>
     */
    static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && isOutOfReach(e.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** The connection pool's own exceptions, such as the one for no free connection in time, have no SQLSTATE. */
    private static boolean isOutOfReach(String sqlState) {
        return sqlState == null
                || sqlState.startsWith("08") // connection exception
                || sqlState.startsWith("53") // insufficient resources
                || sqlState.startsWith("57"); // operator intervention: shutdown, crash, starting up
    }
}
