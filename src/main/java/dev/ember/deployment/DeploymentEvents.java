package dev.ember.deployment;

import dev.ember.database.SqlArray;
import dev.ember.tenant.BatchItem;
import dev.ember.tenant.TenantSql;
import dev.ember.tenant.TenantStatements;
import dev.ember.watch.DeploymentChange;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/**
 * Stores the events of deployments, in the transaction of the change that they describe. An event describes the
 * deployment as the current transaction sees it, so one statement serves all changes of a batch.
 *
 * <p>Each deployment has at most {@link #MAX_EVENTS} events. An event is stored in the slot of its version, where it
 * replaces the event that is too old.
 */
@ApplicationScoped
public class DeploymentEvents {

    /** The maximum number of events of a deployment. */
    static final int MAX_EVENTS = 100;

    private static final TenantSql INSERT = new TenantSql(
            """
            insert into deployment_event (tenant_id, deployment_id, slot, version, type, run, status, status_reason, user_id,
             request_id, created_at)
            select d.tenant_id, d.id, d.version %% %d, d.version, wanted.type, d.run, d.status, d.status_reason,
             wanted.user_id, wanted.request_id, d.updated_at
            from unnest(?::int[], ?::text[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::uuid[])
             as wanted (number, tenant, project, id, type, user_id, request_id)
            cross join lateral (
                select tenant_id, id, version, run, status, status_reason, updated_at from software_deployment
                where %s and id = wanted.id offset 0) d
            on conflict (tenant_id, deployment_id, slot) do update
            set version = excluded.version, type = excluded.type, run = excluded.run, status = excluded.status,
             status_reason = excluded.status_reason, user_id = excluded.user_id, request_id = excluded.request_id,
             created_at = excluded.created_at"""
                    .formatted(MAX_EVENTS, TenantSql.OF_TENANT));

    private static final TenantSql DELETE = new TenantSql(
            """
            delete from deployment_event e
            using unnest(?::int[], ?::text[], ?::text[], ?::uuid[]) as wanted (number, tenant, project, id)
            where e.%s and e.deployment_id = wanted.id"""
                    .formatted(TenantSql.OF_TENANT));

    private final TenantStatements statements;
    private final DeploymentChangeLog log;

    DeploymentEvents(TenantStatements statements, DeploymentChangeLog log) {
        this.statements = statements;
        this.log = log;
    }

    /** A deployment that the current transaction has changed, and the request that caused it. */
    public record Changed(SoftwareDeployment.Key deployment, Origin origin) {}

    /**
     * Stores an event for each change of the current transaction, and tells the clients that wait for it. Each
     * deployment is changed once.
     */
    public void record(EventType type, Collection<Changed> changes) {
        statements.update(
                INSERT,
                BatchItem.ofTenants(
                        List.copyOf(changes), changed -> changed.deployment().tenantId()),
                items -> List.of(
                        SqlArray.of(
                                "uuid", items, item -> item.value().deployment().id()),
                        SqlArray.of("text", items, item -> type.columnValue()),
                        SqlArray.of("text", items, item -> item.value().origin().userId()),
                        SqlArray.of("uuid", items, item -> item.value().origin().requestId())));
        log.updated(changes.stream().map(Changed::deployment).toList());
    }

    /**
     * Deletes the events of deployments that the current transaction has deleted, and tells the clients that wait for a
     * change. This needs a statement of its own, which also finds the events of an update that committed while the
     * deletion waited for it.
     */
    public void delete(List<DeploymentChange> deleted) {
        statements.update(
                DELETE,
                BatchItem.ofTenants(deleted, DeploymentChange::tenant),
                items -> List.of(SqlArray.of("uuid", items, item -> item.value().deployment())));
        log.createdOrDeleted(deleted);
    }
}
