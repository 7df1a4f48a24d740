package dev.ember.database;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.jboss.logging.Logger;

/**
 * Runs the migrations and retries them while another client holds a lock that they need. They can be restarted after
 * any failure.
 *
 * <p>A step waits at most 3 s for a lock, because requests queue behind it. The queued requests run between two
 * attempts.
 */
final class RepeatedMigration {

    private static final int MAX_ATTEMPTS = 20;
    private static final long PAUSE_MILLISECONDS = 3_000;
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /**
     * Occurs if a service was killed during an index build: the build and the repeated migration wait for each other.
     */
    private static final String DEADLOCK_DETECTED = "40P01";

    private static final Set<String> LOCK_CONFLICTS = Set.of(LOCK_NOT_AVAILABLE, DEADLOCK_DETECTED);

    private final Flyway flyway;

    RepeatedMigration(Flyway flyway) {
        this.flyway = flyway;
    }

    void run() {
        for (int attempt = 1; !tryMigrate(attempt == MAX_ATTEMPTS); attempt++) {
            Logger.getLogger(RepeatedMigration.class)
                    .warn("Another client holds a lock that the migration needs; the migration is retried");
            pause();
        }
    }

    private boolean tryMigrate(boolean isLastAttempt) {
        try {
            // Flyway records a failed step outside of a transaction. The step can be repeated.
            if (hasFailedStep()) {
                flyway.repair();
            }
            flyway.migrate();
            return true;
        } catch (FlywayException e) {
            if (isLastAttempt || !isLockConflict(e)) {
                throw e;
            }
            return false;
        }
    }

    private boolean hasFailedStep() {
        return Arrays.stream(flyway.info().applied()).anyMatch(applied -> applied.getState() == MigrationState.FAILED);
    }

    private static boolean isLockConflict(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && LOCK_CONFLICTS.contains(e.getSQLState())) {
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
