package dev.ember.idempotency;

import dev.ember.database.Statements;
import dev.ember.housekeeping.BatchBound;
import dev.ember.housekeeping.HousekeepingTask;
import dev.ember.tenant.TenantScan;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Deletes stored responses past their time to live, tenant by tenant. */
@ApplicationScoped
class ExpiredKeys implements HousekeepingTask {

    private static final String DELETE =
            """
            with expired as (
                select key from idempotency_key where tenant_id = ? and created_at <= now() - ? * interval '1 second'
                order by created_at limit ? for update skip locked)
            delete from idempotency_key k using expired where k.tenant_id = ? and k.key = expired.key returning 1""";

    private static final String FIND_REMAINING = "select 1 from idempotency_key where tenant_id = ? limit 1";

    private final Statements statements;
    private final StoredResponses responses;
    private final Counter purged;
    private final TenantScan tenants;
    private String tenant;

    /** Whether the current round has found a tenant with remaining responses. */
    private boolean hasRemaining;

    private boolean isNewRound = true;

    ExpiredKeys(Statements statements, StoredResponses responses, MeterRegistry metrics) {
        this.statements = statements;
        this.responses = responses;
        this.purged = metrics.counter("ember.housekeeping.idempotency.keys.purged");
        this.tenants = new TenantScan(statements);
    }

    /**
     * Runs only after this replica has seen a key. Until then, responses that other replicas have stored do no harm.
     */
    @Override
    public boolean isNeeded() {
        return responses.mayExist();
    }

    @Override
    public Progress batch() {
        if (isNewRound) {
            responses.beginRound();
            isNewRound = false;
        }
        int deleted = 0;
        BatchBound bound = new BatchBound();
        while (deleted < BATCH && bound.allowsAnother()) {
            if (tenant == null) {
                Optional<String> next = tenants.next();
                if (next.isEmpty()) {
                    return end();
                }
                tenant = next.get();
            }
            int deletedOfTenant = delete();
            deleted += deletedOfTenant;
            if (deletedOfTenant < BATCH) {
                hasRemaining |= hasRemainingOfTenant();
                tenant = null;
            }
        }
        return deleted >= BATCH ? Progress.FULL : Progress.PARTIAL;
    }

    private int delete() {
        int number = statements
                .query(DELETE, List.of(tenant, responses.secondsToLive(), BATCH, tenant), row -> 1)
                .size();
        purged.increment(number);
        return number;
    }

    private boolean hasRemainingOfTenant() {
        return !statements.query(FIND_REMAINING, List.of(tenant), row -> 1).isEmpty();
    }

    private Progress end() {
        responses.endRound(hasRemaining);
        hasRemaining = false;
        isNewRound = true;
        return Progress.END;
    }
}
