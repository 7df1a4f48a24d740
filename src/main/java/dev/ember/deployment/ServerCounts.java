package dev.ember.deployment;

import dev.ember.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;

/**
 * Counts the deployments of a tenant to each server, by status.
 *
 * <p>PostgreSQL finds the next server in an index, instead of reading all deployments up to it. The deployments that
 * are counted are read from indexes alone, except those in progress. Their order makes PostgreSQL use the indexes of
 * servers. Without it, another index of the tenant has the same estimated cost while the statistics are those of a
 * small table.
 */
@ApplicationScoped
public class ServerCounts {

    private static final String COUNT =
            """
            with recursive server (server_id, number) as (
                (select server_id, 1 from software_deployment where tenant_id = ? and server_id > ?%1$s
                 order by server_id limit 1)
                union all
                select next.server_id, server.number + 1 from server cross join lateral (
                    select server_id from software_deployment where tenant_id = ? and server_id > server.server_id%1$s
                    order by server_id limit 1) next
                where server.number < ?)
            select s.server_id, a.number, f.number, p.number, p.oldest from server s
            cross join lateral (select count(*) as number from (
                select from software_deployment where tenant_id = ? and server_id = s.server_id order by id offset 0) d) a
            cross join lateral (select count(*) as number from (
                select from software_deployment
                where tenant_id = ? and server_id = s.server_id and status = 'FAILED' order by id offset 0) d) f
            cross join lateral (select count(*) as number, min(updated_at) as oldest from (
                select updated_at from software_deployment
                where tenant_id = ? and server_id = s.server_id and status = 'IN_PROGRESS' order by id offset 0) d) p
            order by s.number""";

    private static final String COUNT_ALL = COUNT.formatted("");
    private static final String COUNT_FAILED = COUNT.formatted(" and status = 'FAILED'");
    private static final String COUNT_IN_PROGRESS = COUNT.formatted(" and status = 'IN_PROGRESS'");

    private final Statements statements;

    ServerCounts(Statements statements) {
        this.statements = statements;
    }

    /**
     * The deployments to a server.
     *
     * @param oldestInProgress the time of the last update of the deployment in progress that was not updated for the
     *     longest time; null if none is in progress
     */
    public record Count(String serverId, long deployments, long failed, long inProgress, Instant oldestInProgress) {

        public long complete() {
            return deployments - failed - inProgress;
        }
    }

    /**
     * Counts the deployments to the next servers, in the order of their ids.
     *
     * @param status finds only servers with a deployment of this status. For null and for COMPLETE, finds all servers
     * @param marker the server before the first result, or null to start at the beginning
     * @param limit the maximum number of servers, at least 1
     */
    public List<Count> find(String tenant, DeploymentStatus status, String marker, int limit) {
        Object[] parameters = {tenant, marker == null ? "" : marker, tenant, limit, tenant, tenant, tenant};
        return statements.query(statement(status), Arrays.asList(parameters), row -> {
            OffsetDateTime oldest = row.getObject(5, OffsetDateTime.class);
            return new Count(
                    row.getString(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    oldest == null ? null : oldest.toInstant());
        });
    }

    private static String statement(DeploymentStatus status) {
        if (status == DeploymentStatus.FAILED) {
            return COUNT_FAILED;
        }
        return status == DeploymentStatus.IN_PROGRESS ? COUNT_IN_PROGRESS : COUNT_ALL;
    }
}
