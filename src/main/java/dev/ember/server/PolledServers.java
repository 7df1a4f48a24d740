package dev.ember.server;

import dev.ember.database.SqlArray;
import dev.ember.database.Statements;
import dev.ember.deployment.SoftwareDeploymentSql;
import dev.ember.tenant.BatchItem;
import dev.ember.tenant.Scope;
import dev.ember.tenant.TenantDirectory;
import dev.ember.tenant.TenantSql;
import dev.ember.tenant.TenantStatements;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stored times of the last polls of servers. */
@ApplicationScoped
class PolledServers {

    private static final String FIND =
            "select server_id, polled_at from server_poll where tenant_id = ? and server_id = any(?)";

    /**
     * Stores the polls of servers that have deployments. A client could otherwise fill the table with polls of unknown
     * servers. The order of the rows prevents deadlocks between replicas.
     */
    private static final TenantSql STORE = new TenantSql(
            """
            insert into server_poll (tenant_id, server_id, polled_at)
            select d.tenant_id, wanted.id, max(wanted.polled_at::timestamptz)
            from unnest(?::int[], ?::text[], ?::text[], ?::text[], ?::text[])
             as wanted (number, tenant, project, id, polled_at)
            cross join lateral (%s limit 1) d
            group by d.tenant_id, wanted.id order by d.tenant_id, wanted.id
            on conflict (tenant_id, server_id) do update set polled_at = excluded.polled_at
            where server_poll.polled_at < excluded.polled_at"""
                    .formatted(SoftwareDeploymentSql.ofServer("tenant_id")));

    private final Statements statements;
    private final TenantStatements tenantStatements;
    private final TenantDirectory directory;

    PolledServers(Statements statements, TenantStatements tenantStatements, TenantDirectory directory) {
        this.statements = statements;
        this.tenantStatements = tenantStatements;
        this.directory = directory;
    }

    /** A poll of the metadata of a server. The caller's project may see the server in several tenants. */
    record Poll(String project, String serverId, Instant time) {}

    /** Returns when servers of a tenant were last polled. Servers that were never polled are left out. */
    Map<String, Instant> find(String tenant, Collection<String> servers) {
        Map<String, Instant> found = new HashMap<>();
        statements.query(
                FIND,
                List.of(tenant, SqlArray.of("text", servers, server -> server)),
                row -> found.put(
                        row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()));
        return found;
    }

    /** Stores polls. A poll does not replace a later one. */
    void store(List<Poll> polls) {
        List<BatchItem<Poll>> items = BatchItem.ofTenants(polls, Poll::project);
        Map<String, List<Scope>> others =
                directory.otherTenants(polls.stream().map(Poll::project).toList());
        List<BatchItem<Poll>> all = new ArrayList<>(items);
        for (BatchItem<Poll> item : items) {
            for (Scope scope : others.getOrDefault(item.value().project(), List.of())) {
                all.add(new BatchItem<>(item.number(), scope, item.value()));
            }
        }
        tenantStatements.update(
                STORE,
                all,
                batchItems -> List.of(
                        SqlArray.of("text", batchItems, item -> item.value().serverId()),
                        SqlArray.of(
                                "text", batchItems, item -> item.value().time().toString())));
    }
}
