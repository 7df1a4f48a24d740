package dev.ember.housekeeping;

import dev.ember.audit.AuditLog;
import dev.ember.lifecycle.DurationSetting;
import dev.ember.policy.Operation;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/** Fails deployments of which nothing was heard for too long: the server may be gone, and its agent with it. */
@ApplicationScoped
class StaleDeployments implements Chore {

    private static final String FAIL =
            """
            with stale as (
                select id from software_deployment
                where id > ? and id <= ? and status = 'IN_PROGRESS' and updated_at < now() - ? * interval '1 second'
                order by id limit ? for update skip locked)
            update software_deployment d
            set status = 'FAILED', status_reason = ?, updated_at = now(), version = version + 1
            from stale where d.id = stale.id returning d.id, d.tenant_id""";

    private final DataSource database;
    private final Optional<Duration> age;
    private final long seconds;
    private final Walk walk;
    private final Changes changes;

    StaleDeployments(DataSource database, HousekeepingSettings settings, MeterRegistry metrics, AuditLog audit) {
        this.database = database;
        this.age = settings.staleDeploymentAge();
        this.seconds = age.map(time -> DurationSetting.seconds("EMBER_STALE_DEPLOYMENT_AGE", time))
                .orElse(0L);
        this.walk = new Walk(seconds);
        this.changes = new Changes(
                audit, Operation.UPDATE_DEPLOYMENT, "stale", metrics.counter("ember.housekeeping.deployments.failed"));
    }

    @Override
    public boolean isNeeded() {
        return age.isPresent();
    }

    @Override
    public Progress batch() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement fail = connection.prepareStatement(FAIL)) {
            fail.setObject(1, walk.after());
            fail.setObject(2, walk.until(connection));
            fail.setLong(3, seconds);
            fail.setInt(4, BATCH);
            fail.setString(5, "Failed by the service: no update came for " + seconds + " seconds");
            if (changes.make(fail) == BATCH) {
                return Progress.FULL;
            }
        }
        return walk.advance() ? Progress.PARTIAL : Progress.END;
    }
}
