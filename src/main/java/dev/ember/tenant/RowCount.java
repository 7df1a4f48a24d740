package dev.ember.tenant;

import dev.ember.database.Statements;
import java.util.List;
import java.util.Optional;

/**
 * Counts the rows of a tenant. Each statement counts one range of the primary key, which takes milliseconds, so the
 * count can handle any number of rows. The count is exact in a repeatable-read transaction.
 */
public final class RowCount {

    private static final int RANGE = 10_000;

    private final Statements statements;
    private final Object start;
    private final String endOfRange;
    private final String countRest;

    /**
     * Creates a counter of the rows of a table.
     *
     * @param table a table with the primary key {@code (tenant_id, id)}
     * @param start an id that sorts before all others
     */
    public RowCount(Statements statements, String table, Object start) {
        this.statements = statements;
        this.start = start;
        this.endOfRange = "select id from " + table + " where tenant_id = ? and id > ? order by id offset ? limit 1";
        this.countRest = "select count(*) from " + table + " where tenant_id = ? and id > ?";
    }

    public long of(String tenant) {
        long counted = 0;
        Object after = start;
        for (Optional<Object> end = findEndOfRange(tenant, after);
                end.isPresent();
                end = findEndOfRange(tenant, after)) {
            counted += RANGE;
            after = end.get();
        }
        return counted
                + statements
                        .query(countRest, List.of(tenant, after), row -> row.getLong(1))
                        .get(0);
    }

    private Optional<Object> findEndOfRange(String tenant, Object after) {
        return statements.query(endOfRange, List.of(tenant, after, RANGE - 1), row -> row.getObject(1)).stream()
                .findFirst();
    }
}
