package dev.ember.paging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * The next members of a list.
 *
 * @param rows the members in order; there may be none although there are more, if a large one must be read by itself
 * @param areLast whether no member comes after these
 */
public record Rows(List<Row> rows, boolean areLast) {

    /** UUIDs in the order of PostgreSQL, which compares their bytes without a sign. */
    private static final Comparator<UUID> IN_ORDER = Comparator.<UUID, String>comparing(UUID::toString);

    /**
     * The result of a query that stops at a limit and at a size.
     *
     * @param bytes the size after which the query reads no more members
     */
    public static Rows upTo(int limit, int bytes, List<Row> rows) {
        long size = rows.stream().mapToLong(Row::size).sum();
        return new Rows(rows, rows.size() < limit && size < bytes);
    }

    /** The members of several lists in order, as far as all of these lists were read. */
    public static Rows merge(List<Rows> lists, int limit) {
        UUID end = lists.stream()
                .filter(list -> !list.areLast)
                .map(list -> list.rows.get(list.rows.size() - 1).id())
                .min(IN_ORDER)
                .orElse(null);
        List<Row> merged = new ArrayList<>();
        lists.forEach(list -> merged.addAll(list.rows));
        merged.sort(Comparator.comparing(Row::id, IN_ORDER));
        List<Row> complete = merged.stream()
                .filter(row -> end == null || IN_ORDER.compare(row.id(), end) <= 0)
                .limit(limit)
                .toList();
        return new Rows(complete, end == null && complete.size() == merged.size());
    }
}
