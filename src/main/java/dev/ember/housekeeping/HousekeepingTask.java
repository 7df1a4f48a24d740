package dev.ember.housekeeping;

import java.sql.SQLException;

/**
 * A task that the service performs by itself, in batches that are too small to delay requests. All replicas may run it
 * on the same database at the same time: each row is processed by one of them.
 */
public interface HousekeepingTask {

    /** The largest number of rows that a batch changes. */
    int BATCH = 100;

    /** The progress after a batch. */
    enum Progress {
        /** The batch reached its limit of rows. There may be many more. */
        FULL,
        /** There are more rows to check. */
        PARTIAL,
        /** The task has nothing more to do in this round. */
        END
    }

    /** Whether there may be anything to do. Does not query the database, because it may be suspended. */
    boolean isNeeded();

    /** Runs a batch in its own transaction. */
    Progress batch() throws SQLException;
}
