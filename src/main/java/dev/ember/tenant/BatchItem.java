package dev.ember.tenant;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * An item of a batch: the value of one request, with the scope in which a statement looks it up.
 *
 * @param number the position of the request in the batch, from 0
 * @param scope the rows that are searched
 */
public record BatchItem<M>(int number, Scope scope, M value) {

    /** Creates the items of a batch, each in the scope of one tenant. */
    public static <M> List<BatchItem<M>> ofTenants(List<M> values, Function<M, String> tenant) {
        List<BatchItem<M>> items = new ArrayList<>();
        for (M value : values) {
            items.add(new BatchItem<>(items.size(), Scope.ofTenant(tenant.apply(value)), value));
        }
        return items;
    }
}
