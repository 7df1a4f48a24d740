package dev.ember.tenant;

import dev.ember.database.Batcher;
import dev.ember.database.SqlArray;
import dev.ember.text.StorableText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BinaryOperator;

/**
 * Looks up resources as JSON that PostgreSQL renders: one value costs a fraction of its parts. Concurrent requests
 * share a query. A large resource is read by itself, after its size is known, so that the caller can acquire memory for
 * it first.
 */
public final class JsonLookup implements AutoCloseable {

    /** The largest JSON that is read before the caller knows its size, in bytes. */
    public static final int SMALL = 64 * 1024;

    private final TenantDirectory directory;
    private final TenantStatements statements;
    private final TenantSql sql;
    private final Reach reach;
    private final BinaryOperator<Found> merge;
    private final Batcher<Key, Optional<Found>> small;
    private final Batcher<Sized, Optional<Found>> large;

    /** Where a resource is looked for. */
    public enum Reach {
        /** In the project's own tenant. */
        OWN_TENANT,

        /** In the project's own tenant, and, when it is not found there, in the others that the project sees into. */
        FIRST_TENANT,

        /** In all tenants that the project sees into, as one resource. */
        ALL_TENANTS
    }

    /**
     * A resource that a caller asks for.
     *
     * @param project the caller's project, which may not see the resource
     * @param id the caller's name of the resource
     */
    public record Key(String project, String id) {

        /** Whether a resource with this id can be stored. */
        private boolean canExist() {
            return StorableText.violationOf(id) == null;
        }
    }

    /**
     * A resource that was found.
     *
     * @param tag identifies the state that was read
     * @param size the bytes of the JSON, or an upper bound
     * @param json the JSON in UTF-8, or null when it has more bytes than were asked for
     */
    public record Found(String tag, long size, byte[] json) {}

    private record Sized(Key key, long largest) {}

    /**
     * @param name the name of the threads
     * @param sql a query with the parameters {@code text[]} of ids, and {@code bigint} of the largest JSON to render,
     *     after those of {@link TenantStatements}. Its rows are the number, the tag, the size, and the JSON or null
     * @param batch the most resources of a query
     * @param merge makes one resource of what was found in two tenants by statements of their own
     */
    public JsonLookup(
            TenantDirectory directory,
            TenantStatements statements,
            String name,
            TenantSql sql,
            Reach reach,
            int batch,
            BinaryOperator<Found> merge) {
        this.merge = merge;
        this.directory = directory;
        this.statements = statements;
        this.sql = sql;
        this.reach = reach;
        this.small = new Batcher<>(name, batch, (keys, lockWait) -> read(keys, SMALL));
        this.large = new Batcher<>(
                name + "-large",
                1,
                (one, lockWait) -> read(List.of(one.get(0).key()), one.get(0).largest()));
    }

    /** A resource, without its JSON when that is large; empty when the project does not see it. */
    public CompletionStage<Optional<Found>> find(Key key) {
        return key.canExist() ? small.add(key) : CompletableFuture.completedStage(Optional.empty());
    }

    /**
     * A resource by itself.
     *
     * @param largest the most bytes of JSON that are read
     */
    public CompletionStage<Optional<Found>> find(Key key, long largest) {
        return large.add(new Sized(key, largest));
    }

    @Override
    public void close() {
        small.close();
        large.close();
    }

    private List<Optional<Found>> read(List<Key> keys, long largest) {
        List<Optional<Found>> found = new ArrayList<>(Collections.nCopies(keys.size(), Optional.empty()));
        List<BatchItem<Key>> wantedItems = BatchItem.ofTenants(keys, Key::project);
        if (reach == Reach.ALL_TENANTS) {
            wantedItems.addAll(inOtherTenants(wantedItems));
        }
        read(wantedItems, largest, found);
        if (reach == Reach.FIRST_TENANT) {
            List<BatchItem<Key>> missing = wantedItems.stream()
                    .filter(item -> found.get(item.number()).isEmpty())
                    .toList();
            read(inOtherTenants(missing), largest, found);
        }
        return found;
    }

    private List<BatchItem<Key>> inOtherTenants(List<BatchItem<Key>> items) {
        List<BatchItem<Key>> others = new ArrayList<>();
        if (items.isEmpty()) {
            return others;
        }
        Map<String, List<Scope>> scopes = directory.otherTenants(
                items.stream().map(item -> item.value().project()).toList());
        for (BatchItem<Key> item : items) {
            for (Scope scope : scopes.getOrDefault(item.value().project(), List.of())) {
                others.add(new BatchItem<>(item.number(), scope, item.value()));
            }
        }
        return others;
    }

    /** The driver and PostgreSQL exchange text in UTF-8, in which it goes on to the client as it came. */
    private void read(List<BatchItem<Key>> items, long largest, List<Optional<Found>> found) {
        statements.query(
                sql,
                items,
                some -> List.of(SqlArray.of("text", some, item -> item.value().id()), largest),
                row -> {
                    Found part = new Found(row.getString(2), row.getLong(3), row.getBytes(4));
                    int number = row.getInt(1);
                    return found.set(
                            number,
                            Optional.of(found.get(number)
                                    .map(other -> merge.apply(other, part))
                                    .orElse(part)));
                });
    }
}
