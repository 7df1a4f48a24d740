package dev.ember.deployment.retention;

import dev.ember.database.Statements;
import dev.ember.tenant.TenantScan;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Goes over the deployments that were created before a time, tenant by tenant, the oldest of a tenant first.
 *
 * <p>An id begins with the time of its creation, so that an index by id tells which deployments can be old enough.
 * Younger ones are not read. The time of the last update has no index: creates and updates are many more than tasks,
 * and would all have to write it.
 */
final class DeploymentScan {

    /** How many deployments a statement reads: no more than takes milliseconds. */
    static final int RANGE = 2_000;

    private static final UUID START = new UUID(0, 0);
    private static final int BITS_AFTER_TIME = 16;

    private final Statements statements;
    private final Kind kind;
    private final TenantScan tenants;
    private final long seconds;
    private String tenant;
    private KeyRange range;

    /** Which deployments are read. The end of a stretch is found in an index alone. */
    enum Kind {
        /** All of a tenant, in the order of the primary key. */
        ALL(
                """
                select id from software_deployment where tenant_id = ? and id > ? and id < ?
                order by id offset ? limit 1"""),

        /** Those in progress, which have an index: they are few among those that are finished. */
        IN_PROGRESS(
                """
                select id from software_deployment where tenant_id = ? and status = 'IN_PROGRESS' and id > ? and id < ?
                order by id offset ? limit 1""");

        final String endOfRange;

        Kind(String endOfRange) {
            this.endOfRange = endOfRange;
        }
    }

    /**
     * Deployments that are neighbours in an index.
     *
     * @param after the deployment before the first one
     * @param until the last deployment, or a bound
     * @param isLast whether the tenant has no more deployments that are old enough
     */
    record KeyRange(String tenant, UUID after, UUID until, boolean isLast) {}

    /** @param seconds how long ago a deployment must have been created */
    DeploymentScan(Statements statements, Kind kind, long seconds) {
        this.statements = statements;
        this.kind = kind;
        this.tenants = new TenantScan(statements);
        this.seconds = seconds;
    }

    /** The present stretch; empty after the last one of the last tenant. */
    Optional<KeyRange> present() {
        if (range == null) {
            tenant = tenants.next().orElse(null);
            range = tenant == null ? null : rangeAfter(START);
        }
        return Optional.ofNullable(range);
    }

    /** Goes on to the next stretch. */
    void advance() {
        range = range.isLast() ? null : rangeAfter(range.until());
    }

    private KeyRange rangeAfter(UUID after) {
        UUID bound = new UUID(System.currentTimeMillis() - seconds * 1_000 << BITS_AFTER_TIME, 0);
        return statements
                .query(kind.endOfRange, List.of(tenant, after, bound, RANGE - 1), row -> row.getObject(1, UUID.class))
                .stream()
                .map(end -> new KeyRange(tenant, after, end, false))
                .findFirst()
                .orElseGet(() -> new KeyRange(tenant, after, bound, true));
    }
}
