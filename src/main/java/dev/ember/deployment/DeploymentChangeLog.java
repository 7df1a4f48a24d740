package dev.ember.deployment;

import dev.ember.database.SqlArray;
import dev.ember.database.Statements;
import dev.ember.tenant.BatchItem;
import dev.ember.tenant.TenantSql;
import dev.ember.tenant.TenantStatements;
import dev.ember.watch.ChangeLog;
import dev.ember.watch.DeploymentChange;
import dev.ember.watch.Position;
import dev.ember.watch.WatchLease;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Stores which deployments have changed, in the transaction of the change, while any client waits for changes. */
@ApplicationScoped
public class DeploymentChangeLog implements ChangeLog {

    private static final TenantSql FIND_AND_INSERT = new TenantSql(
            """
            insert into deployment_change (tenant_id, stack_user_project_id, server_id, deployment_id)
            select d.tenant_id, d.stack_user_project_id, d.server_id, d.id
            from unnest(?::int[], ?::text[], ?::text[], ?::uuid[]) as wanted (number, tenant, project, id)
            cross join lateral (
                select tenant_id, stack_user_project_id, server_id, id from software_deployment
                where %s and id = wanted.id offset 0) d"""
                    .formatted(TenantSql.OF_TENANT));

    /** Stores changes. The parameters are those of {@link #columns}. */
    static final String INSERT =
            """
            insert into deployment_change (tenant_id, stack_user_project_id, server_id, deployment_id)
            select * from unnest(?::text[], ?::text[], ?::text[], ?::uuid[])""";

    private static final String FIND_POSITION = "select pg_current_snapshot()::text, null, null, null, null";

    /**
     * Leaves out transactions that have not begun. A restored dump has rows with the transactions of another server,
     * which would be found again and again.
     */
    private static final String FIND =
            """
            select pg_current_snapshot()::text, c.tenant_id, c.stack_user_project_id, c.server_id, c.deployment_id
            from (values (?::pg_snapshot)) as known (position)
            left join lateral (
                select tenant_id, stack_user_project_id, server_id, deployment_id from deployment_change
                where transaction_id >= pg_snapshot_xmin(known.position)
                 and transaction_id < pg_snapshot_xmax(pg_current_snapshot())
                 and not pg_visible_in_snapshot(transaction_id, known.position)
                limit ?) c on true""";

    private static final String DELETE = "delete from deployment_change where transaction_id < ?::text::xid8";

    private final Statements statements;
    private final TenantStatements tenantStatements;
    private final WatchLease lease;

    DeploymentChangeLog(Statements statements, TenantStatements tenantStatements, WatchLease lease) {
        this.statements = statements;
        this.tenantStatements = tenantStatements;
        this.lease = lease;
    }

    /** Returns whether changes must be stored. */
    boolean isNeeded() {
        return lease.isHeld();
    }

    /** Stores, if needed, that the current transaction has updated deployments. */
    public void updated(List<SoftwareDeployment.Key> deployments) {
        if (!deployments.isEmpty() && lease.isHeld()) {
            tenantStatements.update(
                    FIND_AND_INSERT,
                    BatchItem.ofTenants(deployments, SoftwareDeployment.Key::tenantId),
                    items -> List.of(
                            SqlArray.of("uuid", items, item -> item.value().id())));
        }
    }

    /** Stores, if needed, that the current transaction has created or deleted deployments. */
    void createdOrDeleted(List<DeploymentChange> deployments) {
        if (!deployments.isEmpty() && lease.isHeld()) {
            statements.update(INSERT, columns(deployments));
        }
    }

    static List<SqlArray> columns(List<DeploymentChange> changes) {
        return List.of(
                SqlArray.of("text", changes, DeploymentChange::tenant),
                SqlArray.of("text", changes, DeploymentChange::stackUserProject),
                SqlArray.of("text", changes, DeploymentChange::serverId),
                SqlArray.of("uuid", changes, DeploymentChange::deployment));
    }

    @Override
    public Changes after(Position position, int limit) {
        List<Position> positions = new ArrayList<>();
        List<DeploymentChange> changes = new ArrayList<>();
        statements.query(
                position == null ? FIND_POSITION : FIND,
                position == null ? List.of() : List.of(position.snapshot(), limit),
                row -> {
                    positions.add(new Position(row.getString(1)));
                    return row.getString(2) != null
                            && changes.add(new DeploymentChange(
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getObject(5, UUID.class)));
                });
        return new Changes(positions.get(0), changes);
    }

    @Override
    public void deleteBefore(long transaction) {
        statements.update(DELETE, List.of(Long.toUnsignedString(transaction)));
    }
}
