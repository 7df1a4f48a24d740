package dev.ember.deployment.retention;

import dev.ember.database.Statements;
import dev.ember.tenant.TenantScan;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Goes over the deployments that were created before a time, tenant by tenant, the oldest of a tenant first.
 *
 * <p>What the tasks look for has no index: creates and updates are many more than tasks, and would all have to write
 * it. An id begins with the time of its creation, so that the primary key tells which deployments can be old enough.
 * Younger ones are not read.
 */
final class DeploymentScan {

    /** How many deployments a statement reads: no more than takes milliseconds. */
    static final int STRETCH = 2_000;

    private static final String END_OF_STRETCH =
            "select id from software_deployment where tenant_id = ? and id > ? and id < ? order by id offset ? limit 1";

    private static final UUID START = new UUID(0, 0);
    private static final int BITS_AFTER_TIME = 16;

    private final Statements statements;
    private final TenantScan tenants;
    private final long seconds;
    private String tenant;
    private Stretch stretch;

    /**
     * Deployments that are neighbours in the primary key.
     *
     * @param after the deployment before the first one
     * @param until the last deployment, or a bound
     * @param isLast whether the tenant has no more deployments that are old enough
     */
    record Stretch(String tenant, UUID after, UUID until, boolean isLast) {}

    /** @param seconds how long ago a deployment must have been created */
    DeploymentScan(Statements statements, long seconds) {
        this.statements = statements;
        this.tenants = new TenantScan(statements);
        this.seconds = seconds;
    }

    /** The present stretch; empty after the last one of the last tenant. */
    Optional<Stretch> present() {
        if (stretch == null) {
            tenant = tenants.next().orElse(null);
            stretch = tenant == null ? null : stretchAfter(START);
        }
        return Optional.ofNullable(stretch);
    }

    /** Goes on to the next stretch. */
    void advance() {
        stretch = stretch.isLast() ? null : stretchAfter(stretch.until());
    }

    private Stretch stretchAfter(UUID after) {
        UUID bound = new UUID(System.currentTimeMillis() - seconds * 1_000 << BITS_AFTER_TIME, 0);
        return statements
                .query(END_OF_STRETCH, List.of(tenant, after, bound, STRETCH - 1), row -> row.getObject(1, UUID.class))
                .stream()
                .map(end -> new Stretch(tenant, after, end, false))
                .findFirst()
                .orElseGet(() -> new Stretch(tenant, after, bound, true));
    }
}
