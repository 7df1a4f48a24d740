package dev.ember.housekeeping;

import dev.ember.audit.AuditLog;
import dev.ember.lifecycle.StartRefused;
import dev.ember.policy.Operation;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.UUID;
import javax.sql.DataSource;

/** Deletes the oldest of the deployments that are over, where a tenant has too many, tenant by tenant. */
@ApplicationScoped
class SurplusDeployments implements Chore {

    private static final int MOST = 1_000_000;

    private static final String DELETE =
            """
            with surplus as (
                select id from software_deployment where tenant_id = ? and id <= ? and status <> 'IN_PROGRESS'
                order by id limit ? for update skip locked)
            delete from software_deployment d using surplus where d.id = surplus.id returning d.id, d.tenant_id""";

    private final DataSource database;
    private final OptionalInt kept;
    private final Tenants tenants;
    private final Changes changes;
    private UUID newestSurplus;

    SurplusDeployments(DataSource database, HousekeepingSettings settings, MeterRegistry metrics, AuditLog audit) {
        this.database = database;
        this.kept = settings.deploymentRetentionPerTenant();
        this.tenants = new Tenants(checked(kept));
        this.changes = new Changes(
                audit,
                Operation.DELETE_DEPLOYMENT,
                "surplus",
                metrics.counter("ember.housekeeping.deployments.deleted", "reason", "surplus"));
    }

    private static int checked(OptionalInt kept) {
        int number = kept.orElse(1);
        if (number < 1 || number > MOST) {
            throw StartRefused.setting(
                    "EMBER_DEPLOYMENT_RETENTION_PER_TENANT", number, "a number between 1 and " + MOST);
        }
        return number;
    }

    @Override
    public boolean isNeeded() {
        return kept.isPresent();
    }

    @Override
    public Progress batch() throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (newestSurplus == null) {
                if (!tenants.next(connection)) {
                    return Progress.END;
                }
                newestSurplus = tenants.newestSurplus(connection);
            }
            if (newestSurplus != null && delete(connection) == BATCH) {
                return Progress.FULL;
            }
        }
        newestSurplus = null;
        return Progress.PARTIAL;
    }

    private int delete(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setString(1, tenants.present());
            delete.setObject(2, newestSurplus);
            delete.setInt(3, BATCH);
            return changes.make(delete);
        }
    }
}
