package dev.ember.tenant;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A member of a statement: what one request of a batch wants, and where.
 *
 * @param number the position of the request in the batch, from 0
 * @param scope the rows among which it is looked for
 */
public record BatchItem<M>(int number, Scope scope, M value) {

    /** The members of a batch, each in the scope of one tenant. */
    public static <M> List<BatchItem<M>> ofTenants(List<M> batch, Function<M, String> tenant) {
        List<BatchItem<M>> wantedItems = new ArrayList<>();
        for (M item : batch) {
            wantedItems.add(new BatchItem<>(wantedItems.size(), Scope.ofTenant(tenant.apply(item)), item));
        }
        return wantedItems;
    }
}
