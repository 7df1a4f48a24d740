package dev.ember.deployment.retention;

import dev.ember.database.Statements;
import dev.ember.deployment.retention.DeploymentScan.KeyRange;
import dev.ember.housekeeping.BatchBound;
import dev.ember.housekeeping.HousekeepingTask;
import java.time.Duration;
import java.util.Optional;

/** A housekeeping task on deployments that were not updated for some time. */
abstract class AgedDeployments implements HousekeepingTask {

    private final Optional<Duration> age;
    private final long seconds;
    private final DeploymentScan scan;

    /**
     * @param kind the deployments that the task reads
     * @param variable the environment variable that sets the age
     * @param age the minimum time since the last update; empty to disable the task
     */
    AgedDeployments(Statements statements, DeploymentScan.Kind kind, Optional<Duration> age) {
        this.age = age;
        this.seconds = age.map(Duration::toSeconds).orElse(0L);
        this.scan = new DeploymentScan(statements, kind, seconds);
    }

    @Override
    public final boolean isNeeded() {
        return age.isPresent();
    }

    /** Processes many small tenants, or one range of a large tenant. */
    @Override
    public final Progress batch() {
        int changed = 0;
        BatchBound bound = new BatchBound();
        while (changed < BATCH && bound.allowsAnother()) {
            Optional<KeyRange> range = scan.current();
            if (range.isEmpty()) {
                return Progress.END;
            }
            int number = change(range.get(), seconds);
            changed += number;
            if (number == BATCH) {
                break; // The range may have more matching deployments.
            }
            boolean isLarge = !range.get().isLast();
            scan.advance();
            if (isLarge) {
                break;
            }
        }
        return changed >= BATCH ? Progress.FULL : Progress.PARTIAL;
    }

    /**
     * Changes deployments of a range.
     *
     * @param seconds the minimum time since the last update
     * @return the number of changed deployments, at most a batch
     */
    abstract int change(KeyRange range, long seconds);
}
