package dev.ember.quota;

import dev.ember.database.SqlArray;
import dev.ember.tenant.BatchItem;
import dev.ember.tenant.TenantSql;
import dev.ember.tenant.TenantStatements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Counts the resources of tenants under a quota, in the transactions that create and delete them.
 *
 * <p>The row of a counter is also its lock, so concurrent transactions cannot exceed the quota. A counter is created
 * when a tenant first creates or deletes under a quota. It starts with a count of the rows.
 */
@ApplicationScoped
public class QuotaUsage {

    private static final TenantSql ADD = new TenantSql(
            """
            update quota_usage q set used = q.used + wanted.exempt + wanted.admitted
            from (
                select wanted.number, wanted.tenant, quota.resource, wanted.exempt,
                 least(wanted.limited, greatest(0, quota.most - u.used - wanted.exempt)) as admitted
                from unnest(?::int[], ?::text[], ?::text[], ?::int[], ?::int[])
                 as wanted (number, tenant, project, limited, exempt)
                cross join (values (?::text, ?::int)) as quota (resource, most)
                cross join lateral (
                    select used from quota_usage where %1$s and resource = quota.resource for update) u) wanted
            where q.resource = wanted.resource and q.%1$s
            returning wanted.tenant, wanted.admitted"""
                    .formatted(TenantSql.OF_TENANT));

    private static final TenantSql CREATE = new TenantSql(
            """
            insert into quota_usage (tenant_id, resource, used, counted_at)
            select wanted.tenant, quota.resource, wanted.used, now()
            from unnest(?::int[], ?::text[], ?::text[], ?::int[]) as wanted (number, tenant, project, used)
            cross join (values (?::text)) as quota (resource)
            on conflict do nothing returning tenant_id""");

    private static final TenantSql SUBTRACT = new TenantSql(
            """
            update quota_usage q set used = q.used - wanted.removed
            from unnest(?::int[], ?::text[], ?::text[], ?::int[]) as wanted (number, tenant, project, removed)
            cross join (values (?::text)) as quota (resource)
            where q.resource = quota.resource and q.%s returning wanted.tenant"""
                    .formatted(TenantSql.OF_TENANT));

    private final TenantStatements statements;

    QuotaUsage(TenantStatements statements) {
        this.statements = statements;
    }

    /**
     * The number of resources that a batch creates for a tenant.
     *
     * @param limited the number of resources that the quota limits
     * @param exempt the number of resources that exempt administrators create
     */
    public record Demand(String tenant, int limited, int exempt) {}

    /**
     * Counts the resources that the current transaction is about to create. Until it ends, no other transaction can
     * create or delete resources of the same tenants under a quota.
     *
     * @param demands the resources to create, by tenant
     * @param count counts the rows of a tenant without a counter
     * @return the number of limited resources that the quota admits, by tenant
     */
    public Map<String, Integer> add(Quota quota, Map<String, Demand> demands, ToLongFunction<String> count) {
        Map<String, Integer> admitted = new HashMap<>();
        List<BatchItem<Demand>> items =
                BatchItem.ofTenants(List.copyOf(new TreeMap<>(demands).values()), Demand::tenant);
        add(quota, items, admitted);
        List<BatchItem<Demand>> uncounted = without(items, admitted.keySet());
        if (!uncounted.isEmpty()) {
            createCounters(quota, uncounted, count);
            add(quota, uncounted, admitted);
        }
        return admitted;
    }

    private void add(Quota quota, List<BatchItem<Demand>> items, Map<String, Integer> admitted) {
        statements.query(
                ADD,
                items,
                batchItems -> List.of(
                        SqlArray.of("int4", batchItems, item -> item.value().limited()),
                        SqlArray.of("int4", batchItems, item -> item.value().exempt()),
                        quota.resources(),
                        quota.limit()),
                row -> admitted.put(row.getString(1), row.getInt(2)));
    }

    /**
     * Creates the missing counters of tenants with a count of the rows that the current transaction sees. Waits for
     * other transactions that create the same counters.
     *
     * @return the tenants whose counter this transaction has created
     */
    private <M> Set<String> createCounters(Quota quota, List<BatchItem<M>> items, ToLongFunction<String> count) {
        return new HashSet<>(statements.query(
                CREATE,
                items,
                batchItems -> List.of(
                        SqlArray.of("int4", batchItems, item ->
                                (int) count.applyAsLong(item.scope().tenant())),
                        quota.resources()),
                row -> row.getString(1)));
    }

    /**
     * Counts the resources that the current transaction has deleted. Does nothing without a quota. A tenant without a
     * counter gets one, because a concurrent create that creates the counter would count the deleted rows.
     *
     * @param removed the number of deleted resources by tenant
     * @param count counts the rows of a tenant
     */
    public void subtract(Quota quota, Map<String, Integer> removed, ToLongFunction<String> count) {
        if (!quota.applies() || removed.isEmpty()) {
            return;
        }
        List<BatchItem<Map.Entry<String, Integer>>> items =
                BatchItem.ofTenants(List.copyOf(new TreeMap<>(removed).entrySet()), Map.Entry::getKey);
        List<BatchItem<Map.Entry<String, Integer>>> uncounted = without(items, subtract(quota, items));
        if (!uncounted.isEmpty()) {
            subtract(quota, without(uncounted, createCounters(quota, uncounted, count)));
        }
    }

    private Set<String> subtract(Quota quota, List<BatchItem<Map.Entry<String, Integer>>> items) {
        return new HashSet<>(statements.query(
                SUBTRACT,
                items,
                batchItems -> List.of(
                        SqlArray.of("int4", batchItems, item -> item.value().getValue()), quota.resources()),
                row -> row.getString(1)));
    }

    private static <M> List<BatchItem<M>> without(List<BatchItem<M>> items, Set<String> tenants) {
        return items.stream()
                .filter(item -> !tenants.contains(item.scope().tenant()))
                .toList();
    }
}
