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

/** Runs statements for the members of a batch: one for all of them, or, if the setting says so, one for each tenant. */
@ApplicationScoped
public class TenantStatements {

    private final Statements statements;
    private final boolean byTenant;

    TenantStatements(Statements statements, TenantSettings settings) {
        this.statements = statements;
        this.byTenant = settings.batchByTenant();
    }

    /** What two members of a transaction must have in common: the tenant if the setting says so, else nothing. */
    public Object shard(String tenant) {
        return byTenant ? tenant : "";
    }

    /**
     * The rows that a statement returns for the members.
     *
     * @param sql begins its parameters with arrays of numbers, tenants and projects
     * @param parameters the parameters after these
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
            return statements.query(sql.ofManyTenants(), all(items, parameters), reader);
        }
        List<T> found = new ArrayList<>();
        byTenant(items).forEach((tenant, its) -> {
            List<Object> values = all(its, parameters);
            values.addAll(Collections.nCopies(sql.placeholders(), tenant));
            found.addAll(statements.query(sql.ofOneTenant(), values, reader));
        });
        return found;
    }

    private static <M> List<Object> all(List<BatchItem<M>> items, Function<List<BatchItem<M>>, List<?>> parameters) {
        List<Object> values = new ArrayList<>();
        values.add(SqlArray.of("int4", items, BatchItem::number));
        values.add(SqlArray.of("text", items, item -> item.scope().tenant()));
        values.add(SqlArray.of("text", items, item -> item.scope().stackUserProject()));
        values.addAll(parameters.apply(items));
        return values;
    }

    private static <M> Map<String, List<BatchItem<M>>> byTenant(List<BatchItem<M>> items) {
        Map<String, List<BatchItem<M>>> tenants = new LinkedHashMap<>();
        for (BatchItem<M> item : items) {
            tenants.computeIfAbsent(item.scope().tenant(), tenant -> new ArrayList<>())
                    .add(item);
        }
        return tenants;
    }
}
