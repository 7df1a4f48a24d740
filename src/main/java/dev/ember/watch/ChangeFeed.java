package dev.ember.watch;

import dev.ember.database.DatabaseFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

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
 * <p>A failure of the database interrupts the feed, because changes may be missing since. It then begins again. So does
 * a database that was restored to an earlier state, because its changes have positions that the feed has passed.
 */
@ApplicationScoped
class ChangeFeed {

    private static final Logger LOG = Logger.getLogger(ChangeFeed.class);

    /** The maximum number of changes that are read at once. The feed is interrupted when there are more. */
    static final int MAX_CHANGES = 20_000;

    private static final Duration EXTENSION_INTERVAL = Duration.ofSeconds(10);

    /**
     * The maximum time between two reads, and between two extensions of the lease. It leaves time for clocks that
     * differ.
     */
    private static final Duration MAX_PAUSE = Duration.ofSeconds(20);

    /** The time after which a stored change is no longer needed by any replica. */
    private static final Duration RETENTION = Duration.ofSeconds(60);

    private final WatchLease lease;
    private final ChangeLog log;
    private long begun;
    private long extended;
    private long lastRead;
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

    /**
     * Reads the new changes. A failure that says nothing about the database, such as a timeout, loses no change: the
     * next call reads from the same position.
     */
    void poll(Listener listener) {
        long now = System.nanoTime();
        try {
            if (position != null && now - Math.min(lastRead, extended) >= MAX_PAUSE.toNanos()) {
                interrupt(listener, "the last read was too long ago");
            }
            if (position == null || now - extended >= EXTENSION_INTERVAL.toNanos()) {
                extend(now);
            }
            ChangeLog.Changes found = log.after(position, MAX_CHANGES);
            if (position != null && found.position().isBefore(position)) {
                interrupt(listener, "the database has an earlier state than before");
                return;
            }
            found.changes().forEach(listener::changed);
            position = found.position();
            lastRead = now;
            completeIfPossible(listener, now);
            if (found.changes().size() == MAX_CHANGES) {
                interrupt(listener, "there were too many at once");
            }
            deleteOld(now);
        } catch (RuntimeException | OutOfMemoryError e) {
            DatabaseFailure failure = DatabaseFailure.of(e);
            if (failure == DatabaseFailure.UNREACHABLE || failure == DatabaseFailure.READ_ONLY) {
                interrupt(listener, "the database failed");
            }
        }
    }

    /** Ends the feed, because no client waits. The lease expires by itself. */
    void end() {
        position = null;
        allReplicasStoreChanges = null;
        complete = false;
    }

    private void extend(long now) {
        lease.extend();
        extended = now;
        if (position == null) {
            begun = System.nanoTime();
            lastRead = now;
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

    private void interrupt(Listener listener, String reason) {
        if (complete) {
            LOG.warnf("Changes of deployments may be missing, because %s. Clients that wait begin again.", reason);
        }
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
