package dev.ember.deployment.retention;

import dev.ember.database.Statements;
import dev.ember.tenant.TenantScan;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Scans the deployments that were created before a time, tenant by tenant, and the oldest of a tenant first.
 *
 * <p>An id starts with its time of creation. So an index on ids finds the deployments that can be old enough, and
 * younger ones are not read. The time of the last update has no index: creates and updates are far more frequent than
 * housekeeping and would all have to maintain it.
 */
final class DeploymentScan {

    /** The number of deployments that a statement reads. Reading them takes milliseconds. */
    static final int RANGE = 2_000;

    private static final UUID START = new UUID(0, 0);
    private static final int BITS_AFTER_TIME = 16;

    private final Statements statements;
    private final Kind kind;
    private final TenantScan tenants;
    private final long seconds;
    private String tenant;
    private KeyRange range;

    /** The deployments to read. Finding the end of a range is an index-only scan. */
    enum Kind {
        /** All deployments of a tenant, in the order of the primary key. */
        ALL(
                """
                select id from software_deployment where tenant_id = ? and id > ? and id < ?
                order by id offset ? limit 1"""),

        /** The deployments in progress. They have their own index, because they are few among finished ones. */
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
     * A range of deployments that are adjacent in an index.
     *
     * @param after the deployment before the range
     * @param until the last deployment of the range, or an upper bound
     * @param isLast whether no later deployments of the tenant are old enough
     */
    record KeyRange(String tenant, UUID after, UUID until, boolean isLast) {}

    /** @param seconds the minimum time since the creation of a deployment */
    DeploymentScan(Statements statements, Kind kind, long seconds) {
        this.statements = statements;
        this.kind = kind;
        this.tenants = new TenantScan(statements);
        this.seconds = seconds;
    }

    /** Returns the current range. Returns empty after the last range of the last tenant. */
    Optional<KeyRange> current() {
        if (range == null) {
            tenant = tenants.next().orElse(null);
            range = tenant == null ? null : rangeAfter(START);
        }
        return Optional.ofNullable(range);
    }

    /** Moves to the next range. */
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
