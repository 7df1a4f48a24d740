package dev.ember.database;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.jboss.logging.Logger;

/**
 * A migration that can be started again after any failure, and is tried again when another client holds its locks.
 *
 * <p>A step waits 3 s for a lock, because requests queue behind it. Between two tries the requests get their turn.
 */
final class RepeatedMigration {

    private static final int TRIES = 20;
    private static final long PAUSE_MILLISECONDS = 3_000;
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** An index build whose service was killed waits for the repeated migration, which waits for the build. */
    private static final String DEADLOCK_DETECTED = "40P01";

    private static final Set<String> LOCKED = Set.of(LOCK_NOT_AVAILABLE, DEADLOCK_DETECTED);

    private final Flyway flyway;

    RepeatedMigration(Flyway flyway) {
        this.flyway = flyway;
    }

    void run() {
        for (int tries = 1; !succeeds(tries == TRIES); tries++) {
            Logger.getLogger(RepeatedMigration.class)
                    .warn("The migration waits for a lock that another client holds; it is tried again");
            pause();
        }
    }

    private boolean succeeds(boolean isLast) {
        try {
            // A step outside of a transaction that failed is recorded. It can be repeated.
            if (hasFailed()) {
                flyway.repair();
            }
            flyway.migrate();
            return true;
        } catch (FlywayException e) {
            if (isLast || !isLocked(e)) {
                throw e;
            }
            return false;
        }
    }

    private boolean hasFailed() {
        return Arrays.stream(flyway.info().applied()).anyMatch(applied -> applied.getState() == MigrationState.FAILED);
    }

    private static boolean isLocked(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && LOCKED.contains(e.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a lock", e);
        }
    }
}
