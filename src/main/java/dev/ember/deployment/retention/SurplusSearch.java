package dev.ember.deployment.retention;

import dev.ember.database.Statements;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds a tenant's surplus of finished deployments. Reads along the primary key. */
final class SurplusSearch {

    private static final UUID END = new UUID(-1, -1);

    static final String HAS_MORE =
            "select 1 from software_deployment where tenant_id = ? order by id desc offset ? limit 1";

    static final String NEWEST =
            """
            select id, status <> 'IN_PROGRESS' from software_deployment where tenant_id = ? and id < ?
            order by id desc limit ?""";

    private final Statements statements;
    private final int stored;

    /** @param stored how many finished deployments are no surplus */
    SurplusSearch(Statements statements, int stored) {
        this.statements = statements;
        this.stored = stored;
    }

    private record Deployment(UUID id, boolean isFinished) {}

    /** The newest of the finished deployments that a tenant has too many. */
    Optional<UUID> newestSurplus(String tenant) {
        if (!hasMore(tenant)) {
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
                if (finished > stored) {
                    return Optional.of(before);
                }
            }
        } while (read.size() == DeploymentScan.RANGE);
        return Optional.empty();
    }

    /** Whether the tenant has more deployments than are stored, finished or not. The index alone tells. */
    private boolean hasMore(String tenant) {
        return !statements.query(HAS_MORE, List.of(tenant, stored), row -> true).isEmpty();
    }
}
