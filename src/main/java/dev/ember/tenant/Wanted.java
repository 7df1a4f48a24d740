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
public record Wanted<M>(int number, Scope scope, M value) {

    /** The members of a batch, each in the scope of one tenant. */
    public static <M> List<Wanted<M>> ofTenants(List<M> batch, Function<M, String> tenant) {
        List<Wanted<M>> wanted = new ArrayList<>();
        for (M member : batch) {
            wanted.add(new Wanted<>(wanted.size(), Scope.ofTenant(tenant.apply(member)), member));
        }
        return wanted;
    }
}
