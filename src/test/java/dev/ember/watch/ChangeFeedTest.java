package dev.ember.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChangeFeedTest {

    private static final DeploymentChange CHANGE = new DeploymentChange("t", null, "s", new UUID(0, 1));

    private final List<String> told = new ArrayList<>();
    private final ScriptedLog log = new ScriptedLog();
    private final ChangeFeed feed = new ChangeFeed(
            new WatchLease(null) {
                @Override
                void extend() {
                    told.add("lease");
                }
            },
            log);

    private final ChangeFeed.Listener listener = new ChangeFeed.Listener() {
        @Override
        public void complete() {
            told.add("complete");
        }

        @Override
        public void changed(DeploymentChange change) {
            told.add("changed");
        }

        @Override
        public void interrupted() {
            told.add("interrupted");
        }
    };

    /** A log with the content that a test sets. */
    private static final class ScriptedLog implements ChangeLog {

        private String position = "1:1:";
        private List<DeploymentChange> changes = List.of();
        private RuntimeException failure;

        @Override
        public Changes after(Position known, int limit) {
            if (failure != null) {
                throw failure;
            }
            return new Changes(new Position(position), changes.subList(0, Math.min(limit, changes.size())));
        }

        @Override
        public void deleteBefore(long transaction) {}
    }

    /** Polls until all replicas must have noticed the lease. */
    private void pollUntilNoticed() throws InterruptedException {
        feed.poll(listener);
        Thread.sleep(WatchLease.MAX_AGE.toMillis() + 10);
        feed.poll(listener);
    }

    @Test
    void isCompleteAfterAllReplicasHaveNoticedTheLease() throws Exception {
        feed.poll(listener);
        feed.poll(listener);
        assertEquals(List.of("lease"), told);
        pollUntilNoticed();
        assertEquals(List.of("lease", "complete"), told);
        feed.poll(listener);
        assertEquals(List.of("lease", "complete"), told);
    }

    @Test
    void waitsForTransactionsThatMayNotHaveStoredTheirChanges() throws Exception {
        log.position = "10:20:10";
        pollUntilNoticed();
        log.position = "19:25:19";
        feed.poll(listener);
        assertEquals(List.of("lease"), told);
        log.position = "20:25:20";
        feed.poll(listener);
        assertEquals(List.of("lease", "complete"), told);
    }

    @Test
    void continuesAfterAFailureOfARead() throws Exception {
        pollUntilNoticed();
        log.failure = new PersistenceException(new SQLException("The statement took too long", "57014"));
        feed.poll(listener);
        log.failure = null;
        log.changes = List.of(CHANGE);
        feed.poll(listener);
        assertEquals(List.of("lease", "complete", "changed"), told);
    }

    @Test
    void beginsAgainAfterAFailureOfTheDatabase() throws Exception {
        pollUntilNoticed();
        log.failure = new PersistenceException(new SQLException("The connection is broken", "08006"));
        feed.poll(listener);
        log.failure = null;
        pollUntilNoticed();
        assertEquals(List.of("lease", "complete", "interrupted", "lease", "complete"), told);
    }

    @Test
    void beginsAgainOnADatabaseThatWasRestoredToAnEarlierState() throws Exception {
        log.position = "10:20:10";
        pollUntilNoticed();
        log.position = "20:20:";
        feed.poll(listener);
        assertEquals(List.of("lease", "complete"), told);
        log.position = "15:15:";
        log.changes = List.of(CHANGE);
        feed.poll(listener);
        assertEquals(List.of("lease", "complete", "interrupted"), told);
        pollUntilNoticed();
        assertEquals(List.of("lease", "complete", "interrupted", "lease"), told.subList(0, 4));
        assertEquals("complete", told.get(told.size() - 1));
    }

    @Test
    void isInterruptedByMoreChangesThanItReads() throws Exception {
        pollUntilNoticed();
        log.changes = List.of(CHANGE);
        feed.poll(listener);
        assertEquals(List.of("lease", "complete", "changed"), told);
        log.changes = Collections.nCopies(ChangeFeed.MAX_CHANGES, CHANGE);
        feed.poll(listener);
        assertEquals("interrupted", told.get(told.size() - 1));
    }
}
