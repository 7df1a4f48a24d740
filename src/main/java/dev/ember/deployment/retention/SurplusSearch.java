package dev.ember.deployment.retention;

import dev.ember.database.Statements;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds the finished deployments of a tenant that exceed the number to retain. Reads along the primary key. */
final class SurplusSearch {

    private static final UUID END = new UUID(-1, -1);

    static final String HAS_MORE =
            "select 1 from software_deployment where tenant_id = ? order by id desc offset ? limit 1";

    static final String NEWEST =
            """
            select id, status <> 'IN_PROGRESS' from software_deployment where tenant_id = ? and id < ?
            order by id desc limit ?""";

    private final Statements statements;
    private final int retained;

    /** @param retained the number of finished deployments to retain per tenant */
    SurplusSearch(Statements statements, int retained) {
        this.statements = statements;
        this.retained = retained;
    }

    private record Deployment(UUID id, boolean isFinished) {}

    /**
     * Returns the newest finished deployment that exceeds the number to retain. Empty when the tenant has no more than
     * that.
     */
    Optional<UUID> newestSurplus(String tenant) {
        if (!exceedsRetained(tenant)) {
            return Optional.empty();
        }
        int finished = 0;
        UUID before = END;
        List<Deployment> read;
        do {
            read = statements.query(
                    NEWEST,
                    List.of(tenant, before, DeploymentScan.RANGE),
                    row -> new Deployment(row.getObject(1, UUID.class), row.getBoolean(2)));
            for (Deployment deployment : read) {
                before = deployment.id();
                finished += deployment.isFinished() ? 1 : 0;
                if (finished > retained) {
                    return Optional.of(before);
                }
            }
        } while (read.size() == DeploymentScan.RANGE);
        return Optional.empty();
    }

    /**
     * Returns whether the tenant has more deployments than are retained, finished or not. This is an index-only scan.
     */
    private boolean exceedsRetained(String tenant) {
        return !statements
                .query(HAS_MORE, List.of(tenant, retained), row -> true)
                .isEmpty();
    }
}
