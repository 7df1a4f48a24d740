package dev.ember.tenant;

import dev.ember.database.SqlArray;
import dev.ember.database.Statements;
import dev.ember.database.Statements.RowReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Runs statements on the items of a batch: one statement for all items, or one per tenant when
 * {@code EMBER_BATCH_BY_TENANT} is true.
 */
@ApplicationScoped
public class TenantStatements {

    private final Statements statements;
    private final boolean byTenant;

    TenantStatements(Statements statements, TenantSettings settings) {
        this.statements = statements;
        this.byTenant = settings.batchByTenant();
    }

    /**
     * Returns the shard key of a tenant. Only items with equal keys may share a transaction. The key is the tenant when
     * {@code EMBER_BATCH_BY_TENANT} is true, else the same for all tenants.
     */
    public Object shard(String tenant) {
        return byTenant ? tenant : "";
    }

    /**
     * Runs a statement on items and returns its rows.
     *
     * @param sql a statement whose first parameters are arrays of numbers, tenants and projects
     * @param parameters returns the other parameters for the given items
     */
    public <M, T> List<T> query(
            TenantSql sql,
            List<BatchItem<M>> items,
            Function<List<BatchItem<M>>, List<?>> parameters,
            RowReader<T> reader) {
        if (items.isEmpty()) {
            return List.of();
        }
        if (!byTenant) {
            return statements.query(sql.ofManyTenants(), allParameters(items, parameters), reader);
        }
        List<T> found = new ArrayList<>();
        groupByTenant(items).forEach((tenant, tenantItems) -> {
            List<Object> values = allParameters(tenantItems, parameters);
            values.addAll(Collections.nCopies(sql.placeholders(), tenant));
            found.addAll(statements.query(sql.ofOneTenant(), values, reader));
        });
        return found;
    }

    /**
     * Runs a statement that returns no rows on items.
     *
     * @param sql as for {@link #query}
     * @param parameters returns the other parameters for the given items
     */
    public <M> void update(TenantSql sql, List<BatchItem<M>> items, Function<List<BatchItem<M>>, List<?>> parameters) {
        if (items.isEmpty()) {
            return;
        }
        if (!byTenant) {
            statements.update(sql.ofManyTenants(), allParameters(items, parameters));
            return;
        }
        groupByTenant(items).forEach((tenant, tenantItems) -> {
            List<Object> values = allParameters(tenantItems, parameters);
            values.addAll(Collections.nCopies(sql.placeholders(), tenant));
            statements.update(sql.ofOneTenant(), values);
        });
    }

    private static <M> List<Object> allParameters(
            List<BatchItem<M>> items, Function<List<BatchItem<M>>, List<?>> parameters) {
        List<Object> values = new ArrayList<>();
        values.add(SqlArray.of("int4", items, BatchItem::number));
        values.add(SqlArray.of("text", items, item -> item.scope().tenant()));
        values.add(SqlArray.of("text", items, item -> item.scope().stackUserProject()));
        values.addAll(parameters.apply(items));
        return values;
    }

    private static <M> Map<String, List<BatchItem<M>>> groupByTenant(List<BatchItem<M>> items) {
        Map<String, List<BatchItem<M>>> tenants = new LinkedHashMap<>();
        for (BatchItem<M> item : items) {
            tenants.computeIfAbsent(item.scope().tenant(), tenant -> new ArrayList<>())
                    .add(item);
        }
        return tenants;
    }
}
