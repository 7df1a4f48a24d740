package dev.ember.paging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * The next items of a list.
 *
 * @param <K> the type of the ids
 * @param rows the items in order; may be empty before the end of the list, when a large item must be read in a query of
 *     its own
 * @param areLast whether no further items follow
 */
public record Rows<K>(List<Row<K>> rows, boolean areLast) {

    /** The order of UUIDs in PostgreSQL, which compares their bytes as unsigned. */
    public static final Comparator<UUID> POSTGRESQL_ORDER = Comparator.<UUID, String>comparing(UUID::toString);

    /**
     * Creates the result of a query that stops at a limit or a total size.
     *
     * @param limit the maximum number of items of the query
     * @param bytes the total size after which the query reads no further items
     */
    public static <K> Rows<K> upTo(int limit, int bytes, List<Row<K>> rows) {
        long size = rows.stream().mapToLong(Row::size).sum();
        return new Rows<>(rows, rows.size() < limit && size < bytes);
    }

    /**
     * Merges lists in order. The result contains the items only up to the position that all of these lists have
     * reached.
     *
     * @param limit the maximum number of items
     */
    public static Rows<UUID> merge(List<Rows<UUID>> lists, int limit) {
        UUID end = lists.stream()
                .filter(list -> !list.areLast)
                .map(list -> list.rows.get(list.rows.size() - 1).id())
                .min(POSTGRESQL_ORDER)
                .orElse(null);
        List<Row<UUID>> merged = new ArrayList<>();
        lists.forEach(list -> merged.addAll(list.rows));
        merged.sort(Comparator.comparing(Row::id, POSTGRESQL_ORDER));
        List<Row<UUID>> complete = merged.stream()
                .filter(row -> end == null || POSTGRESQL_ORDER.compare(row.id(), end) <= 0)
                .limit(limit)
                .toList();
        return new Rows<>(complete, end == null && complete.size() == merged.size());
    }
}
