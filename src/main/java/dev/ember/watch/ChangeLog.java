package dev.ember.watch;

import java.util.List;

/** The changes of deployments that all replicas have committed while the {@link WatchLease} was held. */
public interface ChangeLog {

    /**
     * The changes between two positions.
     *
     * @param position the second position
     */
    record Changes(Position position, List<DeploymentChange> changes) {}

    /**
     * Reads the changes that became visible after a position. Their order has no meaning.
     *
     * @param position null to read the current position only
     * @param limit the maximum number of changes; more are left out
     */
    Changes after(Position position, int limit);

    /** Deletes the changes of all transactions before one. */
    void deleteBefore(long transaction);
}
