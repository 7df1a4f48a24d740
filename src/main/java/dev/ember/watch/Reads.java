package dev.ember.watch;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Runs the reads of waiting clients in order. Their number at the same time is bounded, so that many waiting clients do
 * not delay other requests.
 */
@ApplicationScoped
class Reads {

    /**
     * The maximum number of reads at the same time. It is less than the capacity of the queue of a batcher. The results
     * of all of them are in memory, up to 64 KiB each.
     */
    private static final int CONCURRENT_READS = 128;

    private final Queue<Supplier<CompletionStage<?>>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger signals = new AtomicInteger();

    /** Runs a read, possibly later. */
    <T> CompletionStage<T> submit(Supplier<CompletionStage<T>> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        queue.add(() -> start(read).whenComplete(completing(result)));
        startQueued();
        return result;
    }

    /** Returns an action that completes a future with the result or the failure of a stage. */
    static <T> BiConsumer<T, Throwable> completing(CompletableFuture<T> future) {
        return (result, failure) -> {
            if (failure == null) {
                future.complete(result);
            } else {
                future.completeExceptionally(failure);
            }
        };
    }

    /** Returns the failure itself when it is wrapped by a stage that depends on the failed one. */
    static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }

    private static <T> CompletionStage<T> start(Supplier<CompletionStage<T>> read) {
        try {
            return read.get();
        } catch (RuntimeException | OutOfMemoryError e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** Starts queued reads. A call during another one only makes that one look again, so calls never nest deeply. */
    private void startQueued() {
        if (signals.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            Supplier<CompletionStage<?>> next;
            while (running.get() < CONCURRENT_READS && (next = queue.poll()) != null) {
                running.incrementAndGet();
                next.get().whenComplete((found, failure) -> {
                    running.decrementAndGet();
                    startQueued();
                });
            }
            seen = signals.addAndGet(-seen);
        } while (seen != 0);
    }
}
