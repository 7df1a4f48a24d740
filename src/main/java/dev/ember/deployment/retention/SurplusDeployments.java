package dev.ember.deployment.retention;

import dev.ember.database.Statements;
import dev.ember.housekeeping.BatchBound;
import dev.ember.housekeeping.HousekeepingTask;
import dev.ember.tenant.TenantScan;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Deletes the oldest finished deployments of tenants that exceed {@code EMBER_DEPLOYMENT_RETENTION_PER_TENANT}, tenant
 * by tenant.
 */
@ApplicationScoped
class SurplusDeployments implements HousekeepingTask {

    static final String DELETE =
            """
            with surplus as (
                select id from software_deployment where tenant_id = ? and id <= ? and status <> 'IN_PROGRESS'
                order by id limit ? for update skip locked)
            delete from software_deployment d using surplus where d.tenant_id = ? and d.id = surplus.id
            returning d.id, d.stack_user_project_id, d.server_id""";

    private final OptionalInt stored;
    private final TenantScan tenants;
    private final SurplusSearch search;
    private final Changes changes;
    private final Changes.Kind kind;
    private Surplus surplus;

    /** @param newest the newest deployment of the tenant to delete */
    private record Surplus(String tenant, UUID newest) {}

    SurplusDeployments(Statements statements, RetentionSettings settings, Changes changes) {
        this.stored = settings.deploymentRetentionPerTenant();
        this.tenants = new TenantScan(statements);
        this.search = new SurplusSearch(statements, stored.orElse(1));
        this.changes = changes;
        this.kind = changes.deletions("surplus");
    }

    @Override
    public boolean isNeeded() {
        return stored.isPresent();
    }

    @Override
    public Progress batch() {
        BatchBound bound = new BatchBound();
        while (surplus == null && bound.allowsAnother()) {
            Optional<String> tenant = tenants.next();
            if (tenant.isEmpty()) {
                return Progress.END;
            }
            surplus = search.newestSurplus(tenant.get())
                    .map(newest -> new Surplus(tenant.get(), newest))
                    .orElse(null);
        }
        if (surplus != null && delete(surplus) == BATCH) {
            return Progress.FULL;
        }
        surplus = null;
        return Progress.PARTIAL;
    }

    private int delete(Surplus found) {
        return changes.apply(
                kind, found.tenant(), DELETE, List.of(found.tenant(), found.newest(), BATCH, found.tenant()));
    }
}
