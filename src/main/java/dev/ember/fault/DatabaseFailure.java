package dev.ember.fault;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;

/** Tells a database that is out of reach, and one that other requests keep busy, from a statement that it refused. */
public final class DatabaseFailure {

    /** A statement or a lock took too long, or two transactions were in each other's way. */
    private static final Set<String> BUSY = Set.of("57014", "55P03", "40001", "40P01");

    private DatabaseFailure() {}

    /**
     * Whether a failure comes from a database that is down, starting, stopping, cut off or out of resources.
     *
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL's error codes</a>
     */
    public static boolean isCauseOf(Throwable failure) {
        return has(failure, DatabaseFailure::isOutOfReach);
    }

    /** Whether a failure comes from a database that took too long over a statement, or undid it for another one. */
    public static boolean isBusy(Throwable failure) {
        return has(failure, sqlState -> sqlState != null && BUSY.contains(sqlState));
    }

    /** A commit that fails is a failure of the transaction, which has that of the database suppressed. */
    private static boolean has(Throwable failure, Predicate<String> sqlState) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && sqlState.test(e.getSQLState())) {
                return true;
            }
            if (Arrays.stream(cause.getSuppressed()).anyMatch(suppressed -> has(suppressed, sqlState))) {
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
                || sqlState.equals("25P03") // the session was idle in a transaction for too long
                || sqlState.startsWith("57"); // operator intervention: shutdown, crash, starting up
    }
}
