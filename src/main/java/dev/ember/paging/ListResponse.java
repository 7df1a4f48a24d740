package dev.ember.paging;

import dev.ember.fault.Unavailable;
import dev.ember.limits.RequestMemory;
import dev.ember.limits.StreamedBody;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Streams lists of any length in constant memory. The next chunk is read from the database when the client has taken
 * the previous one. A slow client holds neither a thread nor a connection.
 *
 * <p>An item that exists during the whole response is in it exactly once. An item that is created or deleted meanwhile
 * may be in it or not.
 */
@ApplicationScoped
public class ListResponse {

    /** The number of items in the first query. Most pages have no more items, so they need only one query. */
    private static final int FIRST_ITEMS = 64;

    /** The maximum number of items in one query. */
    private static final int MAX_ITEMS = 500;

    /** The size in bytes at which a chunk is full. */
    private static final int CHUNK_SIZE = 64 * 1024;

    /**
     * The number of threads that render chunks. The number is small, because each of these threads occupies a part of
     * the heap. Further chunks wait for a thread.
     */
    private static final int THREADS = 3;

    /** The number of copies of a large item in memory: its JSON, and the chunk that contains it. */
    private static final int COPIES = 2;

    /** The maximum number of attempts to acquire memory for a large item of a list that has started. */
    private static final int MAX_ATTEMPTS = 120;

    /** The delay between these attempts. */
    private static final int RETRY_DELAY_MILLISECONDS = 250;

    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    private final Executor delayedExecutor =
            CompletableFuture.delayedExecutor(RETRY_DELAY_MILLISECONDS, TimeUnit.MILLISECONDS, executor);

    @PreDestroy
    void close() {
        executor.shutdown();
    }

    /** Reads items in the order of the list. */
    @FunctionalInterface
    public interface Items<K> {

        /**
         * Reads the next items.
         *
         * @param marker the item before the first result, or null to start at the beginning
         * @param limit the maximum number of items
         * @param bytes the total size after which no further items are read; JSON that is larger by itself is left out
         */
        Rows<K> after(K marker, int limit, int bytes);
    }

    /**
     * Returns the response with the items of a page as a list in a JSON object.
     *
     * @param name the name of the list in the object
     * @param memory the memory that the request acquires for large items
     * @return fails with {@link Unavailable} when the memory budget is used up before the list has started
     */
    public <K> CompletionStage<RestResponse<?>> of(String name, Page<K> page, RequestMemory memory, Items<K> items) {
        Chunks<K> chunks = new Chunks<>(name, page, items, memory);
        return CompletableFuture.supplyAsync(chunks::render, executor)
                .thenApply(first -> RestResponse.ok(chunks.isComplete ? first : new StreamedBody(first, chunks::next)));
    }

    private final class Chunks<K> {

        private final String name;
        private final Items<K> items;
        private final RequestMemory memory;
        private K marker;
        private int remaining;
        private int itemsPerChunk = FIRST_ITEMS;
        private boolean hasStarted;
        private volatile boolean isComplete;
        private long acquired;

        Chunks(String name, Page<K> page, Items<K> items, RequestMemory memory) {
            this.name = name;
            this.marker = page.marker();
            this.remaining = page.limit();
            this.items = items;
            this.memory = memory;
        }

        /** Returns the next chunk, or null after the last one. The client has taken the previous chunk. */
        CompletionStage<byte[]> next() {
            memory.release(acquired);
            acquired = 0;
            return isComplete ? CompletableFuture.completedStage(null) : renderWithRetries(1);
        }

        /**
         * Renders the next chunk. Retries when there is no memory: a list that has started can no longer get an error
         * response.
         */
        private CompletionStage<byte[]> renderWithRetries(int number) {
            return CompletableFuture.supplyAsync(this::render, number == 1 ? executor : delayedExecutor)
                    .exceptionallyCompose(e -> e.getCause() instanceof Unavailable && number < MAX_ATTEMPTS
                            ? renderWithRetries(number + 1)
                            : CompletableFuture.failedStage(e));
        }

        /**
         * Renders the next chunk.
         *
         * @throws Unavailable when the memory budget is used up; the state of this object is unchanged then
         */
        private byte[] render() {
            int limit = Math.min(remaining, itemsPerChunk);
            Rows<K> next = limit == 0 ? new Rows<>(List.of(), true) : readRows(limit);
            ByteArrayOutputStream chunk = new ByteArrayOutputStream();
            if (!hasStarted) {
                chunk.writeBytes(("{\"" + name + "\":[").getBytes(StandardCharsets.UTF_8));
            }
            int written = 0;
            for (Row<K> row : next.rows()) {
                if (row.json() == null) {
                    break; // The item is too large for this chunk. It starts the next chunk.
                }
                if (hasStarted || written > 0) {
                    chunk.write(',');
                }
                chunk.writeBytes(row.json());
                marker = row.id();
                written++;
            }
            hasStarted = true;
            remaining -= written;
            itemsPerChunk = Math.max(1, Math.min(MAX_ITEMS, written * CHUNK_SIZE / Math.max(1, chunk.size())));
            if (remaining == 0 || next.areLast() && written == next.rows().size()) {
                chunk.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
                isComplete = true;
            }
            return chunk.toByteArray();
        }

        /** Reads the next items. If the first one is too large for a chunk, reads it in a query of its own. */
        private Rows<K> readRows(int limit) {
            Rows<K> next = items.after(marker, limit, CHUNK_SIZE);
            if (next.rows().isEmpty() || next.rows().get(0).json() != null) {
                return next;
            }
            long size = next.rows().get(0).size();
            memory.acquire(COPIES * size);
            acquired = COPIES * size;
            Rows<K> large = items.after(marker, 1, Math.toIntExact(size));
            if (!large.rows().isEmpty() && large.rows().get(0).json() == null) {
                memory.release(acquired);
                throw Unavailable.memory(); // The item has grown since its size was read.
            }
            return large;
        }
    }
}
