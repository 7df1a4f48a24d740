package dev.ember.watch;

/**
 * A point in the order in which transactions become visible: a snapshot of PostgreSQL.
 *
 * @param snapshot the text of the snapshot: the oldest transaction in progress, the first transaction that had not
 *     begun, and the transactions in progress between them
 * @see <a href="https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT">PostgreSQL's
 *     snapshots</a>
 */
public record Position(String snapshot) {

    private static final String SEPARATOR = ":";

    /** Returns the oldest transaction that was in progress. */
    long oldestInProgress() {
        return Long.parseUnsignedLong(snapshot.split(SEPARATOR)[0]);
    }

    /** Returns the first transaction that had not begun. */
    long next() {
        return Long.parseUnsignedLong(snapshot.split(SEPARATOR)[1]);
    }

    /** Returns whether this position is before another one. On one server, a later read has no earlier position. */
    boolean isBefore(Position other) {
        return next() < other.next();
    }
}
