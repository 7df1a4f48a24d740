package dev.ember.database;

import dev.ember.fault.Unavailable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Combines concurrent requests into batches. A batch needs one exchange with the database, which costs both sides much
 * less than one exchange per request. A single request does not wait: a batch consists of the requests that arrived
 * during the previous batch.
 *
 * <p>The items of a batch are independent:
 *
 * <ul>
 *   <li>If the exchange of a batch fails, it is repeated for each item separately. If the reason affects all
 *       statements, such as an unreachable database, all items fail at once. A failed exchange must therefore have no
 *       effects.
 *   <li>If the exchange waits for a lock of another transaction, it times out soon. Each item is then repeated
 *       separately on another thread, and only the item that needs the lock waits for it.
 * </ul>
 *
 * @param <T> the input of an item
 * @param <R> the result of an item
 */
public final class Batcher<T, R> implements AutoCloseable {

    /** The largest number of concurrent batches. */
    private static final int CONCURRENT_BATCHES = 2;

    /** The number of queued items that starts a second batch. Few large batches cost less than many small ones. */
    static final int SECOND_BATCH_SIZE = 16;

    /** The largest number of queued items. The last item of a full queue waits for about 100 ms. */
    static final int QUEUE_CAPACITY = 1_024;

    /** The largest number of items that run separately at the same time, after their batch waited for a lock. */
    private static final int SINGLE_ITEM_THREADS = 8;

    /** The largest number of items that wait long for locks at the same time. Each of them uses a connection. */
    static final int MAX_LOCK_WAITERS = 4;

    /** The exchange of a batch with the database. */
    @FunctionalInterface
    public interface Exchange<T, R> {

        /**
         * Returns the results of all items, in the order of the items.
         *
         * @param lockWait how long statements may wait for locks of other transactions
         */
        List<R> run(List<T> items, LockWait lockWait);
    }

    /**
     * A request of a batch. It drops its input and its result once it is complete. Otherwise, a long batch would still
     * reference them after their request has released its memory.
     */
    private static final class Item<T, R> {

        private T input;
        private CompletableFuture<R> result = new CompletableFuture<>();

        Item(T input) {
            this.input = input;
        }

        synchronized T input() {
            return input;
        }

        void complete(R value) {
            drop().ifPresent(future -> future.complete(value));
        }

        void fail(Throwable failure) {
            drop().ifPresent(future -> future.completeExceptionally(failure));
        }

        private synchronized Optional<CompletableFuture<R>> drop() {
            Optional<CompletableFuture<R>> future = Optional.ofNullable(result);
            input = null;
            result = null;
            return future;
        }
    }

    private final int maxSize;
    private final Function<T, ?> shard;
    private final Exchange<T, R> exchange;
    private final BlockingQueue<Item<T, R>> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    private final Semaphore batches = new Semaphore(CONCURRENT_BATCHES);
    private final ThreadPoolExecutor executor;
    private final ThreadPoolExecutor singleItemExecutor;
    private final Semaphore lockWaiters = new Semaphore(MAX_LOCK_WAITERS);

    /**
     * @param name the name of the threads
     * @param maxSize the largest number of items in a batch
     */
    public Batcher(String name, int maxSize, Exchange<T, R> exchange) {
        this(name, maxSize, item -> "", exchange);
    }

    /** @param shard determines the shard of an item; items of different shards are never in the same batch */
    public Batcher(String name, int maxSize, Function<T, ?> shard, Exchange<T, R> exchange) {
        this.maxSize = maxSize;
        this.shard = shard;
        this.exchange = exchange;
        this.executor = createExecutor(name, CONCURRENT_BATCHES);
        this.singleItemExecutor = createExecutor(name + "-alone", SINGLE_ITEM_THREADS);
    }

    private static ThreadPoolExecutor createExecutor(String name, int number) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                number, number, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), work -> new Thread(work, name));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * Adds a request to the next batch.
     *
     * @return the result or the failure of the request; it completes on the thread of the batch
     * @throws Unavailable if the queue is full
     */
    public CompletionStage<R> add(T input) {
        Item<T, R> item = new Item<>(input);
        CompletionStage<R> result = item.result;
        if (!queue.offer(item)) {
            throw Unavailable.queue();
        }
        if (tryAcquireBatch()) {
            executor.execute(this::runBatches);
        }
        return result;
    }

    @Override
    public void close() {
        executor.shutdown();
        singleItemExecutor.shutdown();
    }

    int queueSize() {
        return queue.size();
    }

    /** Items that wait while a batch runs are processed next by the thread of that batch. */
    private boolean tryAcquireBatch() {
        int number = queue.size();
        boolean isWorthIt = number >= Math.min(SECOND_BATCH_SIZE, maxSize)
                || number > 0 && batches.availablePermits() == CONCURRENT_BATCHES;
        return isWorthIt && batches.tryAcquire();
    }

    private void runBatches() {
        do {
            List<Item<T, R>> items = new ArrayList<>();
            try {
                queue.drainTo(items, maxSize);
                groupByShard(items).forEach(this::runBatch);
            } catch (RuntimeException | Error e) {
                // For example, an exhausted heap. Every request of the batch still gets a response.
                fail(items, e);
            } finally {
                batches.release();
            }
        } while (tryAcquireBatch());
    }

    private Iterable<List<Item<T, R>>> groupByShard(List<Item<T, R>> items) {
        Map<Object, List<Item<T, R>>> shards = new LinkedHashMap<>();
        for (Item<T, R> item : items) {
            shards.computeIfAbsent(shard.apply(item.input()), name -> new ArrayList<>())
                    .add(item);
        }
        return shards.values();
    }

    private void runBatch(List<Item<T, R>> batch) {
        try {
            run(batch, LockWait.SHORT);
        } catch (RuntimeException e) {
            if (DatabaseFailure.isLockTimeout(e)) {
                batch.forEach(item -> singleItemExecutor.execute(() -> runSingle(item, batch.size() > 1)));
            } else if (batch.size() == 1 || DatabaseFailure.of(e).concernsAllStatements()) {
                fail(batch, e);
            } else {
                batch.forEach(item -> runBatch(List.of(item)));
            }
        } catch (Error e) {
            // For example, an exhausted heap. Without this, the waiting requests would never complete.
            fail(batch, e);
        }
    }

    /**
     * Repeats an item. After a batch of several items, it is unknown which item needs the lock. The item is then first
     * repeated with a short wait.
     */
    private void runSingle(Item<T, R> item, boolean wasInBatch) {
        if (wasInBatch) {
            runBatch(List.of(item));
        } else if (lockWaiters.tryAcquire()) {
            waitForLock(List.of(item));
        } else {
            fail(List.of(item), Unavailable.busyDatabase());
        }
    }

    private void waitForLock(List<Item<T, R>> item) {
        try {
            run(item, LockWait.LONG);
        } catch (RuntimeException | Error e) {
            fail(item, e);
        } finally {
            lockWaiters.release();
        }
    }

    private void run(List<Item<T, R>> batch, LockWait lockWait) {
        List<T> inputs = batch.stream().map(Item::input).toList();
        List<R> results = StaleStatements.retryOnce(() -> exchange.run(inputs, lockWait));
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).complete(results.get(i));
        }
    }

    private static <T, R> void fail(List<Item<T, R>> batch, Throwable failure) {
        batch.forEach(item -> item.fail(failure));
    }
}
