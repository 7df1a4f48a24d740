package dev.ember.tenant;

import dev.ember.database.Statements;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Goes from tenant to tenant in the order of their ids, and begins again after the last. */
public final class TenantScan {

    private static final String NEXT = "select id from tenant where id > ? order by id limit ?";

    /** The most tenants of a query. */
    private static final int BATCH = 100;

    private final Statements statements;
    private final Deque<String> next = new ArrayDeque<>();
    private String last = "";

    public TenantScan(Statements statements) {
        this.statements = statements;
    }

    /** The next tenant; empty after the last one. */
    public Optional<String> next() {
        if (next.isEmpty()) {
            next.addAll(statements.query(NEXT, List.of(last, BATCH), row -> row.getString(1)));
        }
        Optional<String> tenant = Optional.ofNullable(next.poll());
        last = tenant.orElse("");
        return tenant;
    }
}
