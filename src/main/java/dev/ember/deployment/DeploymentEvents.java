package dev.ember.deployment;

import dev.ember.database.SqlArray;
import dev.ember.tenant.BatchItem;
import dev.ember.tenant.TenantSql;
import dev.ember.tenant.TenantStatements;
import dev.ember.watch.DeploymentChange;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The events of deployments. An event is stored by the statement that updates the deployment, so one statement serves
 * all updates of a batch.
 *
 * <p>Each deployment has at most {@link #MAX_EVENTS} events. An event is stored in the slot of its version, where it
 * replaces the event that is too old.
 */
@ApplicationScoped
public class DeploymentEvents {

    /** The maximum number of events of a deployment. */
    static final int MAX_EVENTS = 100;

    private static final String UPDATE =
            """
            with updated as (
                %s
                returning %s, d.tenant_id, d.id, d.version, d.run, d.status, d.status_reason, d.updated_at),
            event as (
                insert into deployment_event (tenant_id, deployment_id, slot, version, type, run, status, status_reason, user_id,
                 request_id, created_at)
                select tenant_id, id, version %% %d, version, '%s', run, status, status_reason, user_id, request_id, updated_at
                from updated
                on conflict (tenant_id, deployment_id, slot) do update
                set version = excluded.version, type = excluded.type, run = excluded.run, status = excluded.status,
                 status_reason = excluded.status_reason, user_id = excluded.user_id, request_id = excluded.request_id,
                 created_at = excluded.created_at)
            select %s from updated""";

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

    /**
     * Returns a statement that updates deployments and stores an event for each.
     *
     * @param update an update of deployments {@code d}, without {@code returning}; it updates each deployment once
     * @param columns additional columns that the update returns, among them {@code user_id} and {@code request_id}, the
     *     {@link Origin} of the update
     * @param result the columns that the statement returns: additional ones, or those of the event
     */
    public static String update(EventType type, String update, String columns, String result) {
        return UPDATE.formatted(update, columns, MAX_EVENTS, type.columnValue(), result);
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
