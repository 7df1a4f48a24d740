package dev.ember.deployment;

import dev.ember.database.SqlArray;
import dev.ember.tenant.BatchItem;
import dev.ember.tenant.TenantSql;
import java.util.List;

/**
 * SQL that matches the rows of a batch of changes against their preconditions. A row matches when {@code If-Match}
 * accepts its stored version.
 */
final class ChangeCondition {

    /** The types of the parameters. They follow those of the tenant and the project. */
    static final String ARRAYS = "?::uuid[], ?::text[]";

    /** Matches a deployment {@code d} with a change {@code wanted}. */
    static final String MATCHES =
            """
            %s and d.id = wanted.id
             and (wanted.tags is null or d.id || '.' || d.version = any(string_to_array(wanted.tags, ' ')))"""
                    .formatted(TenantSql.VISIBLE);

    private ChangeCondition() {}

    /** Returns the values of {@link #ARRAYS}. */
    static List<Object> parameters(List<BatchItem<Change>> items) {
        return List.of(
                SqlArray.of("uuid", items, item -> item.value().id()),
                SqlArray.of("text", items, item -> item.value().condition().tags()));
    }
}
