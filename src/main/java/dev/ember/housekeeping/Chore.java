package dev.ember.housekeeping;

import java.sql.SQLException;

/**
 * Something that the service does of its own accord, in batches so small that nobody waits for them. Any number of
 * services may do it at once on the same database: each row is done by one of them.
 */
public interface Chore {

    /** The most rows of a batch. */
    int BATCH = 100;

    /** What came of a batch. */
    enum Progress {
        /** As many rows were done as a batch may have, so that there may be many more. */
        FULL,
        /** There is more to look at. */
        PARTIAL,
        /** There is nothing more to do in this round. */
        END;
    }

    /** Whether there may be anything to do. It must not ask the database, which may be asleep. */
    boolean isNeeded();

    /** Does a batch, in a transaction of its own. */
    Progress batch() throws SQLException;
}
