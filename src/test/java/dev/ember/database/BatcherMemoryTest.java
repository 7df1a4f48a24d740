package dev.ember.database;

import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatcherMemoryTest {

    private static final String FIRST = "first";
    private static final String SHORT = "short";
    private static final String LONG = "long";

    private final CountDownLatch queued = new CountDownLatch(1);
    private final CountDownLatch collected = new CountDownLatch(1);

    /** Rejects a batch, so that its items run one after the other. */
    private List<byte[]> exchange(List<String> items, LockWait lockWait) {
        if (items.size() > 1) {
            throw new BatchTooLarge();
        }
        if (items.contains(FIRST)) {
            await(queued);
        }
        if (items.contains(LONG)) {
            await(collected);
        }
        return List.of(new byte[1]);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void releasesTheResultOfAnItemWhileOthersOfItsBatchRun() throws InterruptedException {
        try (Batcher<String, byte[]> batcher = new Batcher<>("batcher-test", 2, this::exchange)) {
            batcher.add(FIRST);
            while (batcher.queueSize() > 0) {
                Thread.sleep(1);
            }
            CompletionStage<WeakReference<byte[]>> result = batcher.add(SHORT).thenApply(WeakReference::new);
            CompletionStage<byte[]> last = batcher.add(LONG);
            queued.countDown();
            WeakReference<byte[]> reference = result.toCompletableFuture().join();
            while (reference.get() != null) {
                System.gc();
                Thread.sleep(10);
            }
            collected.countDown();
            last.toCompletableFuture().join();
            assertNull(reference.get());
        }
    }
}
