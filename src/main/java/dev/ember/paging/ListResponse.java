package dev.ember.paging;

import dev.ember.fault.Unavailable;
import dev.ember.limits.RequestMemory;
import dev.ember.limits.StreamedBody;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Writes lists of any length in constant memory: a chunk is read from the database when the client has taken the one
 * before. While a client is slow, it holds neither a thread nor a connection.
 *
 * <p>A member that is there all the while is in the response exactly once; one that comes or goes meanwhile may be.
 */
@ApplicationScoped
public class ListResponse {

    /** The members that the database is asked for at first: most pages have no more, and need one query then. */
    private static final int FIRST_ITEMS = 64;

    /** The most members that the database is asked for at a time. */
    private static final int ITEMS = 500;

    /** The size from which on a chunk is full, in bytes. */
    private static final int CHUNK = 64 * 1024;

    /** Few, and of its own, for each thread that made a chunk keeps a part of the heap; the others wait their turn. */
    private static final int THREADS = 3;

    /** What a large member takes: its JSON, and the chunk that it is in. */
    private static final int COPIES = 2;

    /** How often, and with which pause, a list that has begun tries to acquire memory for a large member. */
    private static final int TRIES = 120;

    private static final int PAUSE_MILLISECONDS = 250;

    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    private final Executor later =
            CompletableFuture.delayedExecutor(PAUSE_MILLISECONDS, TimeUnit.MILLISECONDS, executor);

    @PreDestroy
    void close() {
        executor.shutdown();
    }

    /** Reads members in the order of the list. */
    @FunctionalInterface
    public interface Items {

        /**
         * @param marker the member after which to begin, or null for the beginning
         * @param limit the most members that are read
         * @param bytes no more members are read once the sizes of those before have reached it; JSON that is larger by
         *     itself is left out
         */
        Rows after(UUID marker, int limit, int bytes);
    }

    /**
     * The response with the members of a page in an object of its own.
     *
     * @param name the key of the list in that object
     * @param memory of the request, which acquires what large members take
     */
    public CompletionStage<RestResponse<?>> of(String name, Page page, RequestMemory memory, Items members) {
        Chunks chunks = new Chunks(name, page, members, memory);
        return CompletableFuture.supplyAsync(chunks::make, executor)
                .thenApply(first -> RestResponse.ok(chunks.ended ? first : new StreamedBody(first, chunks::next)));
    }

    private final class Chunks {

        private final String name;
        private final Items members;
        private final RequestMemory memory;
        private UUID marker;
        private int left;
        private int fit = FIRST_ITEMS;
        private boolean begun;
        private volatile boolean ended;
        private long held;

        Chunks(String name, Page page, Items members, RequestMemory memory) {
            this.name = name;
            this.marker = page.marker();
            this.left = page.limit();
            this.members = members;
            this.memory = memory;
        }

        /** The next chunk, null after the last. The client has taken the one before. */
        CompletionStage<byte[]> next() {
            memory.release(held);
            held = 0;
            return ended ? CompletableFuture.completedStage(null) : attempt(1);
        }

        /** A list that has begun can only wait for memory: it is too late for an error response. */
        private CompletionStage<byte[]> attempt(int number) {
            return CompletableFuture.supplyAsync(this::make, number == 1 ? executor : later)
                    .exceptionallyCompose(e -> e.getCause() instanceof Unavailable && number < TRIES
                            ? attempt(number + 1)
                            : CompletableFuture.failedStage(e));
        }

        /** @throws Unavailable when the memory budget is used up; nothing has changed then */
        private byte[] make() {
            int asked = Math.min(left, fit);
            Rows next = asked == 0 ? new Rows(List.of(), true) : rows(asked);
            ByteArrayOutputStream chunk = new ByteArrayOutputStream();
            if (!begun) {
                chunk.writeBytes(("{\"" + name + "\":[").getBytes(StandardCharsets.UTF_8));
            }
            int read = 0;
            for (Row row : next.rows()) {
                if (row.json() == null) {
                    break; // It is too large for this chunk, and begins the next one.
                }
                if (begun || read > 0) {
                    chunk.write(',');
                }
                chunk.writeBytes(row.json());
                marker = row.id();
                read++;
            }
            begun = true;
            left -= read;
            fit = Math.max(1, Math.min(ITEMS, read * CHUNK / Math.max(1, chunk.size())));
            if (left == 0 || next.areLast() && read == next.rows().size()) {
                chunk.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
                ended = true;
            }
            return chunk.toByteArray();
        }

        /** A member that is too large for a chunk, and is the next, is read by itself. */
        private Rows rows(int asked) {
            Rows next = members.after(marker, asked, CHUNK);
            if (next.rows().isEmpty() || next.rows().get(0).json() != null) {
                return next;
            }
            long size = next.rows().get(0).size();
            memory.acquire(COPIES * size);
            held = COPIES * size;
            Rows large = members.after(marker, 1, Math.toIntExact(size));
            if (!large.rows().isEmpty() && large.rows().get(0).json() == null) {
                memory.release(held);
                throw Unavailable.memory(); // It has become larger since.
            }
            return large;
        }
    }
}
