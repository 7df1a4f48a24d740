package dev.ember.deployment.retention;

import dev.ember.database.Statements;
import dev.ember.deployment.retention.DeploymentScan.KeyRange;
import dev.ember.housekeeping.BatchBound;
import dev.ember.housekeeping.HousekeepingTask;
import java.time.Duration;
import java.util.Optional;

/** A task on deployments that were not updated for some time. */
abstract class AgedDeployments implements HousekeepingTask {

    private final Optional<Duration> age;
    private final long seconds;
    private final DeploymentScan scan;

    /**
     * @param kind which deployments the task is about
     * @param age how long they were not updated; empty when there is nothing to do
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

    /** Goes over many small tenants, or over a stretch of a large one. */
    @Override
    public final Progress batch() {
        int changed = 0;
        BatchBound bound = new BatchBound();
        while (changed < BATCH && bound.allowsAnother()) {
            Optional<KeyRange> range = scan.present();
            if (range.isEmpty()) {
                return Progress.END;
            }
            int number = change(range.get(), seconds);
            changed += number;
            if (number == BATCH) {
                break; // The stretch may have more.
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
     * Changes deployments of a stretch.
     *
     * @param seconds how long they were not updated
     * @return how many; at most a batch
     */
    abstract int change(KeyRange range, long seconds);
}
