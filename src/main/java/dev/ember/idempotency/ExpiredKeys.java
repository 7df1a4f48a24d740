package dev.ember.idempotency;

import dev.ember.housekeeping.Chore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Deletes answers that are too old to be given again. */
@ApplicationScoped
class ExpiredKeys implements Chore {

    private static final String PURGE =
            """
            with expired as (
                select tenant_id, key from idempotency_key where created_at <= now() - ? * interval '1 second'
                order by created_at limit ? for update skip locked)
            delete from idempotency_key k using expired where k.tenant_id = expired.tenant_id and k.key = expired.key""";

    private final DataSource database;
    private final KeptAnswers answers;
    private final Counter purged;

    ExpiredKeys(DataSource database, KeptAnswers answers, MeterRegistry metrics) {
        this.database = database;
        this.answers = answers;
        this.purged = metrics.counter("ember.housekeeping.idempotency.keys.purged");
    }

    /** Only where a key was ever seen: keys that another service left harm nobody until then. */
    @Override
    public boolean isNeeded() {
        return answers.mayHaveAny();
    }

    @Override
    public Progress batch() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement purge = connection.prepareStatement(PURGE)) {
            purge.setLong(1, answers.secondsToLive());
            purge.setInt(2, BATCH);
            int number = purge.executeUpdate();
            purged.increment(number);
            if (number == BATCH) {
                return Progress.FULL;
            }
            lookWhetherAnyAreLeft(connection);
            return Progress.END;
        }
    }

    private void lookWhetherAnyAreLeft(Connection connection) throws SQLException {
        boolean left = true;
        // Before the look, so that a key that comes meanwhile is not forgotten.
        answers.mayHaveAny(false);
        try (PreparedStatement query = connection.prepareStatement("select 1 from idempotency_key limit 1");
                ResultSet result = query.executeQuery()) {
            left = result.next();
        } finally {
            if (left) {
                answers.mayHaveAny(true);
            }
        }
    }
}
