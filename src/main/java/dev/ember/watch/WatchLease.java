package dev.ember.watch;

import dev.ember.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Says whether a client of any replica waits for changes. Replicas store their changes in the {@link ChangeLog} only
 * then, so other installations do not pay for it.
 *
 * <p>A replica with waiting clients extends the lease. The others read it before they change a deployment, and use what
 * they have read for {@link #MAX_AGE}.
 */
@ApplicationScoped
public class WatchLease {

    /** How long a replica may change deployments before it notices a new lease. */
    static final Duration MAX_AGE = Duration.ofMillis(500);

    /** How long a lease lasts. */
    static final Duration DURATION = Duration.ofSeconds(30);

    private static final String FIND = "select expires_at > now() from watch_lease";
    private static final String EXTEND =
            "update watch_lease set expires_at = now() + interval '%d seconds'".formatted(DURATION.toSeconds());

    private record Reading(boolean held, long time) {}

    private final Statements statements;
    private volatile Reading last = new Reading(false, System.nanoTime() - MAX_AGE.toNanos());

    WatchLease(Statements statements) {
        this.statements = statements;
    }

    /** Returns whether changes must be stored. The result is at most {@link #MAX_AGE} old. */
    public boolean isHeld() {
        long now = System.nanoTime();
        if (now - last.time >= MAX_AGE.toNanos()) {
            last = new Reading(
                    statements.query(FIND, List.of(), row -> row.getBoolean(1)).stream()
                            .anyMatch(held -> held),
                    now);
        }
        return last.held;
    }

    void extend() {
        statements.update(EXTEND, List.of());
    }
}
