package dev.ember.deployment;

import dev.ember.database.JsonSql;
import dev.ember.database.SqlArray;
import dev.ember.paging.Row;
import dev.ember.paging.Rows;
import dev.ember.tenant.BatchItem;
import dev.ember.tenant.Scope;
import dev.ember.tenant.TenantDirectory;
import dev.ember.tenant.TenantSql;
import dev.ember.tenant.TenantStatements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Reads the events of a deployment, oldest first. The id of an event is the version of the deployment after it.
 *
 * <p>The event {@code created} has version 0. It is derived from the deployment, and is no longer there when so many
 * later events are stored.
 */
@ApplicationScoped
class DeploymentEventPages {

    /** The version before the first event. */
    private static final int START = -1;

    private static final String SIZE = JsonSql.size(List.of(), List.of("status_reason", "user_id"));

    private static final String CREATED =
            """
            select 0 as version, d.created_at, 'created' as type, 0 as run,
             case when d.version = 0 then d.status else d.created_status end as status,
             case when d.version = 0 then d.status_reason else d.created_status_reason end as status_reason,
             null::text as user_id, null::uuid as request_id
            where d.version < %d"""
                    .formatted(DeploymentEvents.MAX_EVENTS);

    /** A slot that a later version has not used may contain an event that is too old. */
    private static final String STORED =
            """
            select version, created_at, type, run, status, status_reason, user_id, request_id from deployment_event
            where %s and deployment_id = wanted.id and version > d.version - %d"""
                    .formatted(TenantSql.OF_TENANT, DeploymentEvents.MAX_EVENTS);

    private static final String JSON =
            """
            (select row_to_json(v)::text from (select d.id || '.' || e.version as id, %s as time, e.type, e.run, e.status,
             e.status_reason, e.user_id, '%s' || e.request_id as request_id) v)"""
                    .formatted(JsonSql.time("e.created_at"), Origin.REQUEST_ID_PREFIX);

    private static final TenantSql CHUNK = new TenantSql(
            """
            select e.version, e.size, case when e.size <= bound.largest then %s end
            from unnest(?::int[], ?::text[], ?::text[], ?::uuid[], ?::int[], ?::int[])
             as wanted (number, tenant, project, id, marker, size)
            cross join (values (?::bigint)) as bound (largest)
            cross join lateral (
                select id, version, status, status_reason, created_status, created_status_reason, created_at
                from software_deployment where %s and id = wanted.id offset 0) d
            cross join lateral (
                select v.*, sum(v.size) over (order by v.version) - v.size as before from (
                    select u.*, %s as size from (%s union all %s) u
                    where u.version > wanted.marker order by u.version limit wanted.size) v) e
            where e.before < bound.largest order by e.version"""
                    .formatted(JSON, TenantSql.VISIBLE, SIZE, CREATED, STORED));

    private final TenantDirectory directory;
    private final TenantStatements statements;

    DeploymentEventPages(TenantDirectory directory, TenantStatements statements) {
        this.directory = directory;
        this.statements = statements;
    }

    /**
     * Reads the next events of a deployment. There are none if the project does not see the deployment.
     *
     * @param project the caller's project
     * @param marker the event before the first one, or null to start with the oldest
     * @param limit the maximum number of events
     * @param bytes the total size after which no further events are read; JSON that is larger by itself is left out
     */
    Rows<Integer> findChunk(String project, UUID deployment, Integer marker, int limit, int bytes) {
        List<Row<Integer>> found = List.of();
        for (Scope scope : directory.scopes(project)) {
            found = found.isEmpty() ? find(scope, deployment, marker, limit, bytes) : found;
        }
        return Rows.upTo(limit, bytes, found);
    }

    private List<Row<Integer>> find(Scope scope, UUID deployment, Integer marker, int limit, int bytes) {
        return statements.query(
                CHUNK,
                List.of(new BatchItem<>(0, scope, deployment)),
                items -> List.of(
                        SqlArray.of("uuid", items, BatchItem::value),
                        SqlArray.of("int4", items, item -> marker == null ? START : marker),
                        SqlArray.of("int4", items, item -> limit),
                        bytes),
                row -> new Row<>(row.getInt(1), row.getLong(2), row.getBytes(3)));
    }
}
