package dev.ember.quota;

import dev.ember.database.Statements;
import dev.ember.database.Transactions;
import dev.ember.housekeeping.BatchBound;
import dev.ember.housekeeping.HousekeepingTask;
import dev.ember.tenant.TenantScan;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Corrects the quota counters of tenants, once after the start of a replica with a quota. While a quota is being
 * enabled, replicas without it create and delete without counting, as the previous release does.
 *
 * <p>A counter and its rows change in the same transactions. So one snapshot of both shows the error of the counter,
 * and the error is then subtracted. Creates and deletes do not wait for the count, and those that commit during the
 * count are not lost.
 */
public class QuotaRecount implements HousekeepingTask {

    private static final String NOW = "select now()";

    private static final String ONE_SNAPSHOT = "set transaction isolation level repeatable read, read only";

    private static final String FIND =
            """
            select used, counted_at from quota_usage where tenant_id = ? and resource = ? and counted_at < ?""";

    /** Corrects a counter, unless another replica has corrected it in the meantime. */
    private static final String CORRECT =
            """
            update quota_usage set used = used + ?, counted_at = now()
            where tenant_id = ? and resource = ? and counted_at = ?""";

    private final Statements statements;
    private final Quota quota;
    private final ToLongFunction<String> count;
    private final TenantScan tenants;
    private OffsetDateTime startedAt;
    private boolean hasFailed;
    private boolean isDone;

    /** @param missing the number of resources that the counter misses; negative when it counts too many */
    private record Correction(int missing, OffsetDateTime countedAt) {}

    private record Counter(int used, OffsetDateTime countedAt) {}

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
        if (startedAt == null) {
            startedAt = statements
                    .query(NOW, List.of(), row -> row.getObject(1, OffsetDateTime.class))
                    .get(0);
        }
        BatchBound bound = new BatchBound();
        while (bound.allowsAnother()) {
            Optional<String> tenant = tenants.next();
            if (tenant.isEmpty()) {
                isDone = !hasFailed;
                hasFailed = false;
                return Progress.END;
            }
            recount(tenant.get());
        }
        return Progress.FULL;
    }

    /** Recounts a tenant. If this fails, the tenant is counted again in another pass, after the other tenants. */
    private void recount(String tenant) {
        try {
            Transactions.get(() -> findCorrection(tenant)).ifPresent(correction -> correct(tenant, correction));
        } catch (RuntimeException e) {
            hasFailed = true;
            throw e;
        }
    }

    private Optional<Correction> findCorrection(String tenant) {
        statements.update(ONE_SNAPSHOT, List.of());
        return statements
                .query(
                        FIND,
                        List.of(tenant, quota.resources(), startedAt),
                        row -> new Counter(row.getInt(1), row.getObject(2, OffsetDateTime.class)))
                .stream()
                .map(counter -> new Correction((int) count.applyAsLong(tenant) - counter.used(), counter.countedAt()))
                .findFirst();
    }

    private void correct(String tenant, Correction correction) {
        statements.update(CORRECT, List.of(correction.missing(), tenant, quota.resources(), correction.countedAt()));
    }
}
