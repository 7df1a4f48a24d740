package dev.ember.quota;

import dev.ember.database.Statements;
import dev.ember.database.Transactions;
import dev.ember.housekeeping.HousekeepingTask;
import dev.ember.tenant.TenantScan;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Counts the resources of tenants again, once after the start of a replica with a quota. While a quota is switched on,
 * replicas without it create and delete without counting, as the release before does. After that the counters are
 * exact, because each create and delete under a quota locks the counter.
 */
public class QuotaRecount implements HousekeepingTask {

    private static final String NOW = "select now()";

    private static final String LOCK =
            "select 1 from quota_usage where tenant_id = ? and resource = ? and counted_at < ? for update";

    private static final String UPDATE =
            "update quota_usage set used = ?, counted_at = now() where tenant_id = ? and resource = ?";

    /** The most tenants that a batch looks at. */
    private static final int TENANTS = 50;

    private final Statements statements;
    private final Quota quota;
    private final ToLongFunction<String> count;
    private final TenantScan tenants;
    private OffsetDateTime begin;
    private boolean isDone;

    /** @param count counts the resources of a tenant */
    protected QuotaRecount(Statements statements, Quota quota, ToLongFunction<String> count) {
        this.statements = statements;
        this.quota = quota;
        this.count = count;
        this.tenants = new TenantScan(statements);
    }

    @Override
    public boolean isNeeded() {
        return quota.applies() && !isDone;
    }

    @Override
    public Progress batch() {
        if (begin == null) {
            begin = statements
                    .query(NOW, List.of(), row -> row.getObject(1, OffsetDateTime.class))
                    .get(0);
        }
        for (int number = 0; number < TENANTS; number++) {
            Optional<String> tenant = tenants.next();
            if (tenant.isEmpty()) {
                isDone = true;
                return Progress.END;
            }
            Transactions.run(() -> recount(tenant.get()));
        }
        return Progress.FULL;
    }

    private void recount(String tenant) {
        List<Boolean> counter = statements.query(LOCK, List.of(tenant, quota.resources(), begin), row -> true);
        if (!counter.isEmpty()) {
            // A statement of its own sees what was committed while the lock was waited for.
            int used = (int) count.applyAsLong(tenant);
            statements.update(UPDATE, List.of(used, tenant, quota.resources()));
        }
    }
}
