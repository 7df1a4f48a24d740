package dev.ember.tenant;

import dev.ember.database.Batcher;
import dev.ember.database.SqlArray;
import dev.ember.fault.Unavailable;
import dev.ember.limits.RequestMemory;
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
 * Looks up resources as JSON that PostgreSQL renders. Reading one value costs a fraction of reading its parts.
 * Concurrent requests share a query.
 *
 * <p>A large resource is read in a second query, after its size is known. The caller can acquire memory for it first.
 */
public final class JsonLookup implements AutoCloseable {

    /** The maximum size of JSON that is read before the caller knows its size, in bytes. */
    public static final int SMALL = 64 * 1024;

    private final TenantDirectory directory;
    private final TenantStatements statements;
    private final TenantSql sql;
    private final Reach reach;
    private final BinaryOperator<Found> merge;
    private final Batcher<Key, Optional<Found>> small;
    private final Batcher<SizedKey, Optional<Found>> large;

    /** The tenants in which a resource is looked up. */
    public enum Reach {
        /** The own tenant of the project. */
        OWN_TENANT,

        /**
         * The own tenant of the project. If the resource is not found there, the other tenants that the project sees.
         */
        FIRST_TENANT,

        /** All tenants that the project sees. The results are merged into one resource. */
        ALL_TENANTS
    }

    /**
     * Identifies a resource that a caller requests.
     *
     * @param project the caller's project, which may not see the resource
     * @param id the id of the resource as the caller sent it
     */
    public record Key(String project, String id) {

        /** Returns whether a resource with this id can be stored. */
        private boolean canBeStored() {
            return StorableText.violationOf(id) == null;
        }
    }

    /**
     * A resource that was found.
     *
     * @param tag identifies the state that was read
     * @param size the size of the JSON in bytes, or an upper bound
     * @param json the JSON in UTF-8, or null when it exceeds the requested size
     */
    public record Found(String tag, long size, byte[] json) {}

    private record SizedKey(Key key, long maxBytes) {}

    /**
     * Creates a lookup.
     *
     * @param name the name of the threads
     * @param sql a query. Its parameters after those of {@link TenantStatements} are the ids as {@code text[]}, and the
     *     maximum size of JSON to render as {@code bigint}. Its columns are the number, the tag, the size, and the JSON
     *     or null
     * @param reach the tenants in which a resource is looked up
     * @param batchSize the maximum number of resources in one query
     * @param merge merges the parts of a resource that separate statements found in two tenants
     */
    public JsonLookup(
            TenantDirectory directory,
            TenantStatements statements,
            String name,
            TenantSql sql,
            Reach reach,
            int batchSize,
            BinaryOperator<Found> merge) {
        this.merge = merge;
        this.directory = directory;
        this.statements = statements;
        this.sql = sql;
        this.reach = reach;
        this.small = new Batcher<>(name, batchSize, (keys, lockWait) -> read(keys, SMALL));
        this.large = new Batcher<>(
                name + "-large",
                1,
                (single, lockWait) ->
                        read(List.of(single.get(0).key()), single.get(0).maxBytes()));
    }

    /**
     * Finds a resource. Its JSON is null when it is larger than {@link #SMALL}. Returns empty when the project does not
     * see the resource.
     */
    public CompletionStage<Optional<Found>> find(Key key) {
        return key.canBeStored() ? small.add(key) : CompletableFuture.completedStage(Optional.empty());
    }

    /**
     * Completes a resource that was found without its JSON.
     *
     * @param memory acquires memory for a large resource
     * @param copies how often the request holds each byte of it
     * @return the resource with its JSON; empty when it was deleted; fails with {@link Unavailable} when the memory
     *     budget is used up, or when the resource has grown since its size was read
     */
    public CompletionStage<Optional<Found>> complete(Key key, Found found, RequestMemory memory, int copies) {
        if (found.json() != null) {
            return CompletableFuture.completedStage(Optional.of(found));
        }
        memory.acquire(copies * found.size());
        return large.add(new SizedKey(key, found.size())).thenApply(whole -> whole.map(JsonLookup::requireJson));
    }

    private static Found requireJson(Found found) {
        if (found.json() == null) {
            throw Unavailable.memory();
        }
        return found;
    }

    @Override
    public void close() {
        small.close();
        large.close();
    }

    private List<Optional<Found>> read(List<Key> keys, long maxBytes) {
        List<Optional<Found>> found = new ArrayList<>(Collections.nCopies(keys.size(), Optional.empty()));
        List<BatchItem<Key>> items = BatchItem.ofTenants(keys, Key::project);
        if (reach == Reach.ALL_TENANTS) {
            items.addAll(itemsInOtherTenants(items));
        }
        read(items, maxBytes, found);
        if (reach == Reach.FIRST_TENANT) {
            List<BatchItem<Key>> missing = items.stream()
                    .filter(item -> found.get(item.number()).isEmpty())
                    .toList();
            read(itemsInOtherTenants(missing), maxBytes, found);
        }
        return found;
    }

    private List<BatchItem<Key>> itemsInOtherTenants(List<BatchItem<Key>> items) {
        List<BatchItem<Key>> otherItems = new ArrayList<>();
        if (items.isEmpty()) {
            return otherItems;
        }
        Map<String, List<Scope>> scopes = directory.otherTenants(
                items.stream().map(item -> item.value().project()).toList());
        for (BatchItem<Key> item : items) {
            for (Scope scope : scopes.getOrDefault(item.value().project(), List.of())) {
                otherItems.add(new BatchItem<>(item.number(), scope, item.value()));
            }
        }
        return otherItems;
    }

    /**
     * Reads items into the results. The JSON is in UTF-8, as the driver receives it, and goes to the client without
     * conversion.
     */
    private void read(List<BatchItem<Key>> items, long maxBytes, List<Optional<Found>> found) {
        statements.query(
                sql,
                items,
                batchItems -> List.of(
                        SqlArray.of("text", batchItems, item -> item.value().id()), maxBytes),
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
