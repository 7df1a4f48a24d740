package dev.ember.database;

import java.util.function.Supplier;

/**
 * Repeats work once if the database rejects a prepared statement. This happens if a migration changed the type of the
 * result, or if a pooler lost the statement. The driver prepares its statements again after such a failure.
 *
 * @see <a href="https://jdbc.postgresql.org/documentation/server-prepare/">The driver, which repeats the statement
 *     itself unless it is in a transaction</a>
 */
final class StaleStatements {

    private StaleStatements() {}

    /** @param work work that has no effects if it fails, such as a transaction */
    static <T> T retryOnce(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (DatabaseFailure.of(e) != DatabaseFailure.STALE_STATEMENT) {
                throw e;
            }
            return work.get();
        }
    }
}
