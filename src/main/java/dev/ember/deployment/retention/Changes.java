package dev.ember.deployment.retention;

import dev.ember.audit.AuditLog;
import dev.ember.database.Statements;
import dev.ember.database.Transactions;
import dev.ember.deployment.DeploymentChangeLog;
import dev.ember.deployment.DeploymentEvents;
import dev.ember.deployment.SoftwareDeployment;
import dev.ember.deployment.SoftwareDeployment.Key;
import dev.ember.policy.Operation;
import dev.ember.quota.QuotaUsage;
import dev.ember.quota.Quotas;
import dev.ember.watch.DeploymentChange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Changes deployments on behalf of the service, without a request. Counts and audits each change. */
@ApplicationScoped
class Changes {

    private final Statements statements;
    private final DeploymentEvents events;
    private final DeploymentChangeLog log;
    private final AuditLog audit;
    private final MeterRegistry metrics;
    private final Quotas quotas;
    private final QuotaUsage usage;

    Changes(
            Statements statements,
            DeploymentEvents events,
            DeploymentChangeLog log,
            AuditLog audit,
            MeterRegistry metrics,
            Quotas quotas,
            QuotaUsage usage) {
        this.statements = statements;
        this.events = events;
        this.log = log;
        this.audit = audit;
        this.metrics = metrics;
        this.quotas = quotas;
        this.usage = usage;
    }

    /**
     * A kind of change.
     *
     * @param reason the reason of the change, one word for the audit log
     */
    record Kind(Operation operation, String reason, Counter counter) {}

    /** Creates the kind of change that fails deployments because they were not updated in time. */
    Kind failures(String reason) {
        return new Kind(Operation.UPDATE_DEPLOYMENT, reason, metrics.counter("ember.housekeeping.deployments.failed"));
    }

    /** Creates the kind of change that deletes deployments. */
    Kind deletions(String reason) {
        return new Kind(
                Operation.DELETE_DEPLOYMENT,
                reason,
                metrics.counter("ember.housekeeping.deployments.deleted", "reason", reason));
    }

    /**
     * Changes deployments of a tenant in one transaction.
     *
     * @param sql a statement that stores the events of updates, and returns the ids of the changed deployments, and of
     *     deleted ones also the project of the stack user and the server
     * @return the number of changed deployments
     */
    int apply(Kind kind, String tenant, String sql, List<?> parameters) {
        List<UUID> changed = Transactions.get(() -> kind.operation() == Operation.DELETE_DEPLOYMENT
                ? delete(tenant, sql, parameters)
                : update(tenant, sql, parameters));
        kind.counter().increment(changed.size());
        changed.forEach(id -> audit.byService(kind.operation(), kind.reason(), tenant, id.toString()));
        return changed.size();
    }

    private List<UUID> update(String tenant, String sql, List<?> parameters) {
        List<UUID> updated = statements.query(sql, parameters, row -> row.getObject(1, UUID.class));
        log.updated(updated.stream().map(id -> new Key(tenant, id)).toList());
        return updated;
    }

    private List<UUID> delete(String tenant, String sql, List<?> parameters) {
        List<DeploymentChange> deleted = statements.query(
                sql,
                parameters,
                row -> new DeploymentChange(tenant, row.getString(2), row.getString(3), row.getObject(1, UUID.class)));
        if (!deleted.isEmpty()) {
            events.delete(deleted);
            usage.subtract(quotas.deployments(), Map.of(tenant, deleted.size()), SoftwareDeployment::countOf);
        }
        return deleted.stream().map(DeploymentChange::deployment).toList();
    }
}
