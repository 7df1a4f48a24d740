package dev.ember.tenant;

import dev.ember.database.Statements;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Iterates over all tenants in the order of their ids. Starts again after the last one. */
public final class TenantScan {

    private static final String NEXT = "select id from tenant where id > ? order by id limit ?";

    /** The maximum number of tenants in one query. */
    private static final int BATCH_SIZE = 100;

    private final Statements statements;
    private final Deque<String> next = new ArrayDeque<>();
    private String last = "";

    public TenantScan(Statements statements) {
        this.statements = statements;
    }

    /** Returns the next tenant, or empty after the last one. */
    public Optional<String> next() {
        if (next.isEmpty()) {
            next.addAll(statements.query(NEXT, List.of(last, BATCH_SIZE), row -> row.getString(1)));
        }
        Optional<String> tenant = Optional.ofNullable(next.poll());
        last = tenant.orElse("");
        return tenant;
    }
}
