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
 * Counts the resources of tenants under a quota, in the transactions that create and delete them. The row of a counter
 * is also its lock: two transactions never create for the last place. A counter begins with a count of the rows when a
 * tenant first creates under a quota.
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

    private static final TenantSql BEGIN = new TenantSql(
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
     * What a batch creates for a tenant.
     *
     * @param limited how many resources the quota limits
     * @param exempt how many resources administrators create
     */
    public record Demand(String tenant, int limited, int exempt) {}

    /**
     * Counts what the present transaction is about to create. Until it ends, no other one creates or deletes for the
     * same tenants under a quota.
     *
     * @param count counts the rows of a tenant that has no counter
     * @return how many of the limited resources of each tenant the quota admits
     */
    public Map<String, Integer> add(Quota quota, Map<String, Demand> demands, ToLongFunction<String> count) {
        Map<String, Integer> admitted = new HashMap<>();
        List<BatchItem<Demand>> items =
                BatchItem.ofTenants(List.copyOf(new TreeMap<>(demands).values()), Demand::tenant);
        add(quota, items, admitted);
        List<BatchItem<Demand>> uncounted = without(items, admitted.keySet());
        if (!uncounted.isEmpty()) {
            begin(quota, uncounted, count);
            add(quota, uncounted, admitted);
        }
        return admitted;
    }

    private void add(Quota quota, List<BatchItem<Demand>> items, Map<String, Integer> admitted) {
        statements.query(
                ADD,
                items,
                some -> List.of(
                        SqlArray.of("int4", some, item -> item.value().limited()),
                        SqlArray.of("int4", some, item -> item.value().exempt()),
                        quota.resources(),
                        quota.most()),
                row -> admitted.put(row.getString(1), row.getInt(2)));
    }

    /**
     * Begins counters for tenants that have none, with what the present transaction sees. A transaction that has begun
     * one at the same time is waited for.
     *
     * @return the tenants whose counter this transaction has begun
     */
    private <M> Set<String> begin(Quota quota, List<BatchItem<M>> items, ToLongFunction<String> count) {
        return new HashSet<>(statements.query(
                BEGIN,
                items,
                some -> List.of(
                        SqlArray.of("int4", some, item ->
                                (int) count.applyAsLong(item.scope().tenant())),
                        quota.resources()),
                row -> row.getString(1)));
    }

    /**
     * Counts what the present transaction has deleted. Does nothing when there is no quota. A tenant without a counter
     * gets one: a create that begins the counter at the same time would count the deleted rows.
     *
     * @param removed how many resources of each tenant were deleted
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
            subtract(quota, without(uncounted, begin(quota, uncounted, count)));
        }
    }

    private Set<String> subtract(Quota quota, List<BatchItem<Map.Entry<String, Integer>>> items) {
        return new HashSet<>(statements.query(
                SUBTRACT,
                items,
                some -> List.of(SqlArray.of("int4", some, item -> item.value().getValue()), quota.resources()),
                row -> row.getString(1)));
    }

    private static <M> List<BatchItem<M>> without(List<BatchItem<M>> items, Set<String> tenants) {
        return items.stream()
                .filter(item -> !tenants.contains(item.scope().tenant()))
                .toList();
    }
}
