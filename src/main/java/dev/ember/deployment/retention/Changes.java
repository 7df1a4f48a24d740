package dev.ember.deployment.retention;

import dev.ember.audit.AuditLog;
import dev.ember.database.Statements;
import dev.ember.database.Transactions;
import dev.ember.deployment.SoftwareDeployment;
import dev.ember.policy.Operation;
import dev.ember.quota.QuotaUsage;
import dev.ember.quota.Quotas;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Changes deployments without a request, and counts and audits each change. */
@ApplicationScoped
class Changes {

    private final Statements statements;
    private final AuditLog audit;
    private final MeterRegistry metrics;
    private final Quotas quotas;
    private final QuotaUsage usage;

    Changes(Statements statements, AuditLog audit, MeterRegistry metrics, Quotas quotas, QuotaUsage usage) {
        this.statements = statements;
        this.audit = audit;
        this.metrics = metrics;
        this.quotas = quotas;
        this.usage = usage;
    }

    /**
     * A kind of change.
     *
     * @param reason why deployments are changed, in a word, for the audit
     */
    record Kind(Operation operation, String reason, Counter counter) {}

    /** Deployments that were not updated in time are failed. */
    Kind failures(String reason) {
        return new Kind(Operation.UPDATE_DEPLOYMENT, reason, metrics.counter("ember.housekeeping.deployments.failed"));
    }

    /** Deployments are deleted. */
    Kind deletions(String reason) {
        return new Kind(
                Operation.DELETE_DEPLOYMENT,
                reason,
                metrics.counter("ember.housekeeping.deployments.deleted", "reason", reason));
    }

    /**
     * Changes deployments of a tenant in a transaction.
     *
     * @param sql a statement that returns the ids of the deployments
     * @return how many they are
     */
    int make(Kind kind, String tenant, String sql, List<?> parameters) {
        List<String> ids = Transactions.get(() -> {
            List<String> changed = statements.query(sql, parameters, row -> row.getString(1));
            if (kind.operation() == Operation.DELETE_DEPLOYMENT && !changed.isEmpty()) {
                usage.subtract(quotas.deployments(), Map.of(tenant, changed.size()), SoftwareDeployment::countOf);
            }
            return changed;
        });
        kind.counter().increment(ids.size());
        ids.forEach(id -> audit.byService(kind.operation(), kind.reason(), tenant, id));
        return ids.size();
    }
}
