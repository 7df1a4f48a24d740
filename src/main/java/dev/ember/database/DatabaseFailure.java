package dev.ember.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of the database that a failure indicates. It determines the fault that the client gets. Each SQLSTATE
 * belongs to one of these states.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL's error codes</a>
 */
public enum DatabaseFailure {
    /** The failure does not come from the database. */
    NONE,

    /** The database is down, starting, stopping, cut off, out of resources, or its storage fails. */
    UNREACHABLE,

    /** A statement or a lock took too long, or the database rolled back a transaction in favour of another one. */
    BUSY,

    /**
     * The database is read-only, for example because it is a standby, such as the former primary after a switchover.
     */
    READ_ONLY,

    /**
     * A prepared statement does not match the schema any more, or does not exist any more. It succeeds when it is
     * prepared again.
     */
    STALE_STATEMENT,

    /** A table, column, type or function that the service uses does not exist. */
    SCHEMA,

    /** The database rejects the role of the service, or the role lacks a privilege. An operator must correct this. */
    MISCONFIGURED,

    /** The database rejected values that passed validation. This is a defect of the service. */
    CONSTRAINT,

    /** Any other SQLSTATE. This is a defect of the service or of the database. */
    DEFECT;

    private static final int CLASS_LENGTH = 2;
    private static final String LOCK_TIMEOUT = "55P03";

    /**
     * The state that a failure indicates. It comes from the first cause whose SQLSTATE indicates another state than
     * {@link #DEFECT}.
     */
    public static DatabaseFailure of(Throwable failure) {
        DatabaseFailure state = NONE;
        for (SQLException cause : causes(failure)) {
            state = of(cause.getSQLState());
            if (state != DEFECT) {
                return state;
            }
        }
        return state;
    }

    /** Whether a statement waited too long for a lock of another transaction. */
    public static boolean isLockTimeout(Throwable failure) {
        return causes(failure).stream().anyMatch(cause -> LOCK_TIMEOUT.equals(cause.getSQLState()));
    }

    /** Whether every other statement would fail for the same reason, regardless of its values. */
    public boolean concernsAllStatements() {
        return switch (this) {
            case UNREACHABLE, BUSY, READ_ONLY, STALE_STATEMENT, SCHEMA, MISCONFIGURED -> true;
            case NONE, CONSTRAINT, DEFECT -> false;
        };
    }

    /**
     * The database failures among the causes of a failure. A failed commit has the database failure as a suppressed
     * exception.
     */
    public static List<SQLException> causes(Throwable failure) {
        List<SQLException> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e) {
                causes.add(e);
            }
            for (Throwable suppressed : cause.getSuppressed()) {
                causes.addAll(causes(suppressed));
            }
        }
        return causes;
    }

    /**
     * Exceptions of the connection pool have no SQLSTATE. One example is the timeout of the wait for a free connection.
     */
    private static DatabaseFailure of(String sqlState) {
        if (sqlState == null || sqlState.length() < CLASS_LENGTH) {
            return UNREACHABLE;
        }
        return switch (sqlState) {
            case "25006" -> READ_ONLY;
            case "25P03", // the session was idle in a transaction for too long
                    "40003", // it is unknown whether the statement completed
                    "F0001" -> UNREACHABLE; // another server has the lock file
            case "25P04", // the transaction took too long
                    "55006", // another session uses the object
                    LOCK_TIMEOUT, // another transaction has the lock
                    "57014" -> BUSY; // the statement took too long
            case "40002" -> CONSTRAINT; // found at commit
            case "42501" -> MISCONFIGURED; // the role lacks a privilege
            case "42P01", "42703", "42704", "42883" -> SCHEMA; // no such table, column, type, function
            default -> ofClass(sqlState.substring(0, CLASS_LENGTH));
        };
    }

    private static DatabaseFailure ofClass(String sqlClass) {
        return switch (sqlClass) {
            case "08", // connection exception
                    "53", // insufficient resources
                    "57", // operator intervention: shutdown, crash, starting up
                    "58" -> UNREACHABLE; // system error: input or output fails
            case "40", // transaction rollback: serialization failure, deadlock
                    "72" -> BUSY; // the snapshot is too old
            case "0A", // the plan of a prepared statement cannot change the type of its result
                    "26" -> STALE_STATEMENT; // no prepared statement has this name
            case "3F" -> SCHEMA; // invalid schema name
            case "0L",
                    "0P", // invalid grantor, invalid role
                    "28", // invalid authorization
                    "3D", // no such database
                    "F0" -> MISCONFIGURED; // configuration file
            case "22", // data exception
                    "23", // integrity constraint violation
                    "44" -> CONSTRAINT; // check option violation
            default -> DEFECT;
        };
    }
}
