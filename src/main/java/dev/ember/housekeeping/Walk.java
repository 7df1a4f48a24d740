package dev.ember.housekeeping;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Goes over the deployments that were created before a time, oldest first, a stretch after the other, and then again.
 *
 * <p>What is looked for has no index: one on the status or on the time of the last update would have to be written at
 * each create and each update, of which there are many more than there are chores to do. An id begins with the time of
 * its creation, so that the primary key tells which deployments can be old enough, and nothing younger is looked at.
 */
final class Walk {

    /** How many deployments one statement looks at: no more than takes milliseconds. */
    private static final int STRETCH = 2_000;

    private static final UUID START = new UUID(0, 0);
    private static final int BITS_AFTER_TIME = 16;

    private final long seconds;
    private UUID after = START;
    private UUID until;
    private boolean last;

    /** @param seconds how long ago a deployment must have been created */
    Walk(long seconds) {
        this.seconds = seconds;
    }

    /** The deployment after which the present stretch begins. */
    UUID after() {
        return after;
    }

    /** The deployment with which it ends. */
    UUID until(Connection connection) throws SQLException {
        if (until == null) {
            measure(connection);
        }
        return until;
    }

    /**
     * Goes on to the next stretch.
     *
     * @return false when that is the first one again
     */
    boolean advance() {
        after = last ? START : until;
        until = null;
        return !last;
    }

    private void measure(Connection connection) throws SQLException {
        UUID bound = new UUID(System.currentTimeMillis() - seconds * 1_000 << BITS_AFTER_TIME, 0);
        try (PreparedStatement query = connection.prepareStatement(
                "select id from software_deployment where id > ? and id < ? order by id offset ? limit 1")) {
            query.setObject(1, after);
            query.setObject(2, bound);
            query.setInt(3, STRETCH - 1);
            try (ResultSet result = query.executeQuery()) {
                last = !result.next();
                until = last ? bound : result.getObject(1, UUID.class);
            }
        }
    }
}
