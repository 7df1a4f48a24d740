package dev.ember.database;

import dev.ember.fault.Unavailable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * Lets concurrent requests share one exchange with the database, which costs both sides much less than one exchange
 * each. A request that comes alone does not wait: a batch is what came during the batch before it.
 *
 * <p>No member of a batch depends on another one:
 *
 * <ul>
 *   <li>When the exchange of a batch fails, it is repeated for each member alone. When the reason would fail every
 *       statement, such as an unreachable database, all members fail at once. A failed exchange must therefore leave
 *       nothing behind.
 *   <li>When the exchange waits for a lock of another transaction, it ends soon, and each member is repeated alone on
 *       another thread. Only the member that needs the lock then waits for it.
 * </ul>
 *
 * @param <Q> what a request asks
 * @param <A> what it gets
 */
public final class Batcher<Q, A> implements AutoCloseable {

    /** Batches that may be in the database at the same time. */
    private static final int CONCURRENT_BATCHES = 2;

    /** The size from which on a second batch is worth its exchange: few large ones cost less than many small ones. */
    static final int SECOND_BATCH = 16;

    /** How many members may wait. The last of so many waits for some 100 ms. */
    static final int QUEUE = 1_024;

    /** Members that may run alone at the same time, after their batch met a lock. */
    private static final int ALONE = 8;

    /** Members that may wait long for locks at the same time. Each of them has a connection meanwhile. */
    static final int LOCK_WAITERS = 4;

    /** What a batch does in the database. */
    @FunctionalInterface
    public interface Exchange<Q, A> {

        /**
         * Returns the results of all members, in their order.
         *
         * @param lockWait how long statements may wait for locks of other transactions
         */
        List<A> run(List<Q> items, LockWait lockWait);
    }

    private record Item<Q, A>(Q question, CompletableFuture<A> result) {}

    private final int largest;
    private final Function<Q, ?> shard;
    private final Exchange<Q, A> exchange;
    private final BlockingQueue<Item<Q, A>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Semaphore batches = new Semaphore(CONCURRENT_BATCHES);
    private final ThreadPoolExecutor executor;
    private final ThreadPoolExecutor alone;
    private final Semaphore lockWaiters = new Semaphore(LOCK_WAITERS);

    /**
     * @param name the name of the threads
     * @param largest the most members of a batch
     */
    public Batcher(String name, int largest, Exchange<Q, A> exchange) {
        this(name, largest, item -> "", exchange);
    }

    /** @param shard members with different shards are never in one batch */
    public Batcher(String name, int largest, Function<Q, ?> shard, Exchange<Q, A> exchange) {
        this.largest = largest;
        this.shard = shard;
        this.exchange = exchange;
        this.executor = threads(name, CONCURRENT_BATCHES);
        this.alone = threads(name + "-alone", ALONE);
    }

    private static ThreadPoolExecutor threads(String name, int number) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                number, number, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), work -> new Thread(work, name));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * Adds a request to the next batch.
     *
     * @return the request's result or failure, on the thread of the batch
     * @throws Unavailable when too many wait already
     */
    public CompletionStage<A> add(Q question) {
        Item<Q, A> item = new Item<>(question, new CompletableFuture<>());
        if (!queue.offer(item)) {
            throw Unavailable.queue();
        }
        if (acquireBatch()) {
            executor.execute(this::runBatches);
        }
        return item.result();
    }

    @Override
    public void close() {
        executor.shutdown();
        alone.shutdown();
    }

    int waiting() {
        return queue.size();
    }

    /** Members that wait while a batch runs are taken by that batch's thread when it is done. */
    private boolean acquireBatch() {
        int number = queue.size();
        boolean isWorthIt = number >= Math.min(SECOND_BATCH, largest)
                || number > 0 && batches.availablePermits() == CONCURRENT_BATCHES;
        return isWorthIt && batches.tryAcquire();
    }

    private void runBatches() {
        do {
            List<Item<Q, A>> items = new ArrayList<>();
            try {
                queue.drainTo(items, largest);
                byShard(items).forEach(this::runTogether);
            } catch (RuntimeException | Error e) {
                // An exhausted heap, for instance. Every request of the batch gets a response nevertheless.
                fail(items, e);
            } finally {
                batches.release();
            }
        } while (acquireBatch());
    }

    private Iterable<List<Item<Q, A>>> byShard(List<Item<Q, A>> items) {
        Map<Object, List<Item<Q, A>>> shards = new LinkedHashMap<>();
        for (Item<Q, A> item : items) {
            shards.computeIfAbsent(shard.apply(item.question()), name -> new ArrayList<>())
                    .add(item);
        }
        return shards.values();
    }

    private void runTogether(List<Item<Q, A>> batch) {
        try {
            run(batch, LockWait.SHORT);
        } catch (RuntimeException e) {
            if (DatabaseFailure.isLockTimeout(e)) {
                batch.forEach(item -> alone.execute(() -> runAlone(item, batch.size() > 1)));
            } else if (batch.size() == 1 || DatabaseFailure.of(e).concernsAllStatements()) {
                fail(batch, e);
            } else {
                batch.forEach(item -> runTogether(List.of(item)));
            }
        } catch (Error e) {
            // An exhausted heap, for instance. Nobody else would tell those that wait.
            fail(batch, e);
        }
    }

    /** Another member of the batch may have met the lock, so that most members do not need to wait. */
    private void runAlone(Item<Q, A> item, boolean isUncertain) {
        if (isUncertain) {
            runTogether(List.of(item));
        } else if (lockWaiters.tryAcquire()) {
            waitForLock(List.of(item));
        } else {
            fail(List.of(item), Unavailable.busyDatabase());
        }
    }

    private void waitForLock(List<Item<Q, A>> item) {
        try {
            run(item, LockWait.LONG);
        } catch (RuntimeException | Error e) {
            fail(item, e);
        } finally {
            lockWaiters.release();
        }
    }

    private void run(List<Item<Q, A>> batch, LockWait lockWait) {
        List<Q> questions = batch.stream().map(Item::question).toList();
        List<A> results = StaleStatements.retryOnce(() -> exchange.run(questions, lockWait));
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).result().complete(results.get(i));
        }
    }

    private static <Q, A> void fail(List<Item<Q, A>> batch, Throwable failure) {
        batch.forEach(item -> item.result().completeExceptionally(failure));
    }
}
