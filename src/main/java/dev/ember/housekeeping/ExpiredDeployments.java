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

/** Deletes deployments that are over since long. */
@ApplicationScoped
class ExpiredDeployments implements Chore {

    private static final String DELETE =
            """
            with expired as (
                select id from software_deployment
                where id > ? and id <= ? and status <> 'IN_PROGRESS' and updated_at < now() - ? * interval '1 second'
                order by id limit ? for update skip locked)
            delete from software_deployment d using expired where d.id = expired.id returning d.id, d.tenant_id""";

    private final DataSource database;
    private final Optional<Duration> retention;
    private final long seconds;
    private final Walk walk;
    private final Changes changes;

    ExpiredDeployments(DataSource database, HousekeepingSettings settings, MeterRegistry metrics, AuditLog audit) {
        this.database = database;
        this.retention = settings.deploymentRetention();
        this.seconds = retention
                .map(time -> DurationSetting.seconds("EMBER_DEPLOYMENT_RETENTION", time))
                .orElse(0L);
        this.walk = new Walk(seconds);
        this.changes = new Changes(
                audit,
                Operation.DELETE_DEPLOYMENT,
                "expired",
                metrics.counter("ember.housekeeping.deployments.deleted", "reason", "expired"));
    }

    @Override
    public boolean isNeeded() {
        return retention.isPresent();
    }

    @Override
    public Progress batch() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setObject(1, walk.after());
            delete.setObject(2, walk.until(connection));
            delete.setLong(3, seconds);
            delete.setInt(4, BATCH);
            if (changes.make(delete) == BATCH) {
                return Progress.FULL;
            }
        }
        return walk.advance() ? Progress.PARTIAL : Progress.END;
    }
}
