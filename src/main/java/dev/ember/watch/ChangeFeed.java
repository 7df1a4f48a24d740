package dev.ember.watch;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Tells of the changes of deployments that any replica commits. It holds the {@link WatchLease} and reads the
 * {@link ChangeLog} again and again.
 *
 * <p>After the feed has begun, other replicas do not store all changes yet. The feed is complete once
 *
 * <ol>
 *   <li>all replicas must have noticed the lease, and
 *   <li>all transactions that were in progress then have ended.
 * </ol>
 *
 * <p>A failure interrupts the feed, because changes may be missing since. It then begins again.
 */
@ApplicationScoped
class ChangeFeed {

    /** The maximum number of changes that are read at once. The feed is interrupted when there are more. */
    static final int MAX_CHANGES = 20_000;

    private static final Duration EXTENSION_INTERVAL = Duration.ofSeconds(10);

    /** The maximum time between two extensions of the lease. It leaves time for clocks that differ. */
    private static final Duration MAX_PAUSE = Duration.ofSeconds(20);

    /** The time after which a stored change is no longer needed by any replica. */
    private static final Duration RETENTION = Duration.ofSeconds(60);

    private final WatchLease lease;
    private final ChangeLog log;
    private long begun;
    private long extended;
    private Position position;
    private Position allReplicasStoreChanges;
    private Position old;
    private long oldTime;
    private boolean complete;

    ChangeFeed(WatchLease lease, ChangeLog log) {
        this.lease = lease;
        this.log = log;
    }

    /** Is told of what happens. */
    interface Listener {

        /** The feed tells of all changes that become visible from now on. */
        void complete();

        /** A deployment has changed. */
        void changed(DeploymentChange change);

        /** Changes may be missing, until the feed is complete again. */
        void interrupted();
    }

    /** Reads the new changes. */
    void poll(Listener listener) {
        long now = System.nanoTime();
        try {
            if (position == null || now - extended >= EXTENSION_INTERVAL.toNanos()) {
                extend(listener, now);
            }
            ChangeLog.Changes found = log.after(position, MAX_CHANGES);
            position = found.position();
            completeIfPossible(listener, now);
            found.changes().forEach(listener::changed);
            if (found.changes().size() == MAX_CHANGES) {
                interrupt(listener);
            }
            deleteOld(now);
        } catch (RuntimeException | OutOfMemoryError e) {
            interrupt(listener);
        }
    }

    /** Ends the feed, because no client waits. The lease expires by itself. */
    void end() {
        position = null;
        allReplicasStoreChanges = null;
        complete = false;
    }

    private void extend(Listener listener, long now) {
        if (position != null && now - extended >= MAX_PAUSE.toNanos()) {
            interrupt(listener);
        }
        lease.extend();
        extended = now;
        if (position == null) {
            begun = System.nanoTime();
        }
    }

    private void completeIfPossible(Listener listener, long now) {
        if (complete) {
            return;
        }
        if (allReplicasStoreChanges == null && now - begun > WatchLease.MAX_AGE.toNanos()) {
            allReplicasStoreChanges = position;
        }
        if (allReplicasStoreChanges != null && position.oldestInProgress() >= allReplicasStoreChanges.next()) {
            complete = true;
            listener.complete();
        }
    }

    private void interrupt(Listener listener) {
        end();
        listener.interrupted();
    }

    private void deleteOld(long now) {
        if (position != null && (old == null || now - oldTime >= RETENTION.toNanos())) {
            if (old != null) {
                log.deleteBefore(old.oldestInProgress());
            }
            old = position;
            oldTime = now;
        }
    }
}
