package dev.ember.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.fault.Unavailable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BatcherTest {

    private static final String FAILING = "odd";
    private static final String GONE = "gone";
    private static final String READ_ONLY = "read-only";
    private static final String STALE = "stale";
    private static final String FATAL = "fatal";
    private static final String LOCKED = "locked";
    private static final int MAX_BATCH_SIZE = 50;

    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch unlocked = new CountDownLatch(1);
    private final AtomicBoolean stale = new AtomicBoolean(true);
    private final List<List<String>> batches = new CopyOnWriteArrayList<>();
    private final Batcher<String, String> batcher = new Batcher<>("batcher-test", MAX_BATCH_SIZE, this::exchange);

    /** Waits until the test lets it continue, then returns results unless an item makes it fail. */
    private List<String> exchange(List<String> items, LockWait lockWait) {
        try {
            open.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        batches.add(items);
        if (items.contains(GONE)) {
            throw new IllegalStateException(new SQLException("", "08006"));
        }
        if (items.contains(LOCKED) && lockWait == LockWait.SHORT) {
            throw new IllegalStateException(new SQLException("", "55P03"));
        }
        if (items.contains(LOCKED)) {
            awaitUnlock();
        }
        if (items.contains(READ_ONLY)) {
            throw new IllegalStateException(new SQLException("", "25006"));
        }
        if (items.contains(STALE) && stale.getAndSet(false)) {
            throw new IllegalStateException(new SQLException("", "0A000"));
        }
        if (items.contains(FATAL)) {
            throw new OutOfMemoryError();
        }
        if (items.contains(FAILING)) {
            throw new IllegalArgumentException(items.toString());
        }
        return items.stream().map(item -> item + "!").toList();
    }

    private void awaitUnlock() {
        try {
            unlocked.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        open.countDown();
        unlocked.countDown();
        batcher.close();
    }

    private CompletableFuture<String> add(String item) {
        return batcher.add(item).toCompletableFuture();
    }

    /** Starts as many batches as may run at the same time, so that items added next form one batch. */
    private void startAllBatches() throws InterruptedException {
        startBatch(1);
        startBatch(Batcher.SECOND_BATCH_SIZE);
    }

    /** Adds a number of items and waits until their batch starts. */
    private void startBatch(int number) throws InterruptedException {
        for (int i = 0; i < number; i++) {
            add("early");
        }
        while (batcher.queueSize() > 0) {
            Thread.sleep(1);
        }
    }

    @Test
    void runsASingleItemWithoutWaiting() {
        open.countDown();
        assertEquals("a!", add("a").join());
        assertEquals(List.of(List.of("a")), batches);
    }

    @Test
    void runsItemsAddedMeanwhileAsOneBatch() throws InterruptedException {
        startAllBatches();
        List<CompletableFuture<String>> results = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            results.add(add("q" + i));
        }
        open.countDown();
        for (int i = 0; i < 50; i++) {
            assertEquals("q" + i + "!", results.get(i).join());
        }
        assertTrue(batches.stream().anyMatch(batch -> batch.size() == 50), batches.toString());
    }

    @Test
    void delaysASmallBatchUntilTheRunningBatchEnds() throws InterruptedException {
        startBatch(1);
        List<CompletableFuture<String>> results = new ArrayList<>();
        for (int i = 1; i < Batcher.SECOND_BATCH_SIZE; i++) {
            results.add(add("q"));
        }
        assertEquals(results.size(), batcher.queueSize());
        open.countDown();
        results.forEach(CompletableFuture::join);
        assertEquals(
                List.of(1, results.size()), batches.stream().map(List::size).toList());
    }

    @Test
    void failsOnlyTheFailingItem() throws InterruptedException {
        startAllBatches();
        CompletableFuture<String> before = add("before");
        CompletableFuture<String> failing = add(FAILING);
        CompletableFuture<String> after = add("after");
        open.countDown();
        assertEquals("before!", before.join());
        assertEquals("after!", after.join());
        CompletionException failure = assertThrows(CompletionException.class, failing::join);
        assertEquals("[odd]", failure.getCause().getMessage());
    }

    @Test
    void repeatsTheWholeBatchAfterAStaleStatement() throws InterruptedException {
        startAllBatches();
        CompletableFuture<String> one = add("one");
        CompletableFuture<String> other = add(STALE);
        open.countDown();
        assertEquals("one!", one.join());
        assertEquals("stale!", other.join());
        assertEquals(2, batches.stream().filter(List.of("one", STALE)::equals).count());
    }

    @ParameterizedTest
    @ValueSource(strings = {GONE, READ_ONLY})
    void failsTheWholeBatchAtOnceWhenTheDatabaseFails(String reason) throws InterruptedException {
        startAllBatches();
        CompletableFuture<String> one = add("one");
        CompletableFuture<String> other = add(reason);
        open.countDown();
        assertThrows(CompletionException.class, one::join);
        assertThrows(CompletionException.class, other::join);
        assertEquals(
                1,
                batches.stream()
                        .filter(batch -> batch.contains("one") || batch.contains(reason))
                        .count());
    }

    @Test
    void failsEveryItemOfTheBatchOnAnError() throws InterruptedException {
        startAllBatches();
        CompletableFuture<String> one = add("one");
        CompletableFuture<String> other = add(FATAL);
        open.countDown();
        for (CompletableFuture<String> result : List.of(one, other)) {
            CompletionException failure = assertThrows(CompletionException.class, result::join);
            assertEquals(OutOfMemoryError.class, failure.getCause().getClass());
        }
    }

    @Test
    void limitsTheBatchSize() throws InterruptedException {
        startAllBatches();
        List<CompletableFuture<String>> results = new ArrayList<>();
        for (int i = 0; i <= MAX_BATCH_SIZE; i++) {
            results.add(add("q" + i));
        }
        open.countDown();
        results.forEach(CompletableFuture::join);
        assertTrue(batches.stream().allMatch(batch -> batch.size() <= MAX_BATCH_SIZE), batches.toString());
    }

    @Test
    void rejectsAnItemWhenTheQueueIsFull() throws InterruptedException {
        startAllBatches();
        for (int i = 0; i < Batcher.QUEUE_CAPACITY; i++) {
            add("q");
        }
        assertThrows(Unavailable.class, () -> add("one more"));
    }

    @Test
    void onlyTheItemThatNeedsALockWaitsForIt() throws InterruptedException {
        startAllBatches();
        CompletableFuture<String> before = add("before");
        CompletableFuture<String> locked = add(LOCKED);
        CompletableFuture<String> after = add("after");
        open.countDown();
        assertEquals("before!", before.join());
        assertEquals("after!", after.join());
        assertEquals("later!", add("later").join());
        assertEquals(false, locked.isDone());
        unlocked.countDown();
        assertEquals("locked!", locked.join());
    }

    @Test
    void limitsTheItemsThatWaitForLocks() throws InterruptedException {
        open.countDown();
        List<CompletableFuture<String>> waiting = new ArrayList<>();
        for (int i = 0; i < MAX_BATCH_SIZE; i++) {
            waiting.add(add(LOCKED));
        }
        assertEquals("other!", add("other").join());
        while (waiting.stream().filter(CompletableFuture::isDone).count() < MAX_BATCH_SIZE - Batcher.MAX_LOCK_WAITERS) {
            Thread.sleep(1);
        }
        unlocked.countDown();
        long succeeded = waiting.stream()
                .filter(result -> {
                    try {
                        return result.join().equals("locked!");
                    } catch (CompletionException e) {
                        assertEquals(Unavailable.class, e.getCause().getClass());
                        return false;
                    }
                })
                .count();
        assertEquals(Batcher.MAX_LOCK_WAITERS, succeeded);
    }
}
