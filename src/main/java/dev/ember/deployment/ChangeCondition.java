package dev.ember.deployment;

import dev.ember.database.SqlArray;
import dev.ember.tenant.BatchItem;
import dev.ember.tenant.TenantSql;
import java.util.List;

/** SQL that finds the rows of a batch of changes whose {@code If-Match} accepts the stored version. */
final class ChangeCondition {

    /** The parameters, after those of the tenant and the project. */
    static final String ARRAYS = "?::uuid[], ?::text[]";

    /** Finds a row {@code d} of the change {@code wantedItems}. */
    static final String HOLDS =
            """
            %s and d.id = wanted.id
             and (wanted.tags is null or d.id || '.' || d.version = any(string_to_array(wanted.tags, ' ')))"""
                    .formatted(TenantSql.VISIBLE);

    private ChangeCondition() {}

    /** The values of {@link #ARRAYS}. */
    static List<Object> parameters(List<BatchItem<Change>> items) {
        return List.of(
                SqlArray.of("uuid", items, item -> item.value().id()),
                SqlArray.of("text", items, item -> item.value().condition().tags()));
    }
}
