package dev.ember.housekeeping;

import java.sql.SQLException;

/**
 * A task that the service does by itself, in batches so small that no request waits for them. Any number of replicas
 * may do it at once on the same database: each row is done by one of them.
 */
public interface HousekeepingTask {

    /** The most rows that a batch changes. */
    int BATCH = 100;

    /** The progress after a batch. */
    enum Progress {
        /** The batch changed as many rows as it may. There may be many more. */
        FULL,
        /** There is more to look at. */
        PARTIAL,
        /** This round has nothing more to do. */
        END
    }

    /** Whether there may be anything to do. Does not ask the database, which may be suspended. */
    boolean isNeeded();

    /** Does a batch, in a transaction of its own. */
    Progress batch() throws SQLException;
}
