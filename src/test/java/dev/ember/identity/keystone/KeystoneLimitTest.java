package dev.ember.identity.keystone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.identity.IdentityFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeystoneLimitTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> started = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void startsWaitingValidationsInOrderOfArrival() throws Exception {
        KeystoneLimit limit = new KeystoneLimit(vertx, LONG);
        List<Promise<String>> inFlight = acquireAllPermits(limit);
        for (String name : List.of("a", "b", "c")) {
            run(limit, name, Promise.promise());
        }
        assertTrue(started.isEmpty());

        for (int i = 0; i < 3; i++) {
            inFlight.get(i).complete("done");
            assertEquals(List.of("a", "b", "c").get(i), started.poll(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void rejectsAValidationWhenTheQueueIsFull() throws Exception {
        KeystoneLimit limit = new KeystoneLimit(vertx, LONG);
        acquireAllPermits(limit);
        for (int i = 0; i < KeystoneLimit.MAX_WAITING; i++) {
            run(limit, "waiting", Promise.promise());
        }
        assertEquals(
                "too many tokens are waiting for validation",
                run(limit, "late", Promise.promise()).cause().getMessage());
    }

    @Test
    void failsAValidationThatWaitsTooLong() throws Exception {
        KeystoneLimit limit = new KeystoneLimit(vertx, Duration.ofMillis(50));
        List<Promise<String>> inFlight = acquireAllPermits(limit);
        assertEquals(
                "a token waited 50 ms for its validation behind other tokens",
                failure(run(limit, "waiting", Promise.promise())));

        inFlight.get(0).complete("done");
        run(limit, "next", Promise.promise());
        assertEquals("next", started.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void failsAllWaitingValidationsWhenKeystoneIsUnreachable() throws Exception {
        KeystoneLimit limit = new KeystoneLimit(vertx, LONG);
        List<Promise<String>> inFlight = acquireAllPermits(limit);
        Future<String> first = run(limit, "first", Promise.promise());
        Future<String> second = run(limit, "second", Promise.promise());
        inFlight.get(0).fail(IdentityFailure.unreachable("gone"));

        assertEquals("gone", failure(first));
        assertEquals("gone", failure(second));
        assertTrue(started.isEmpty());
    }

    @Test
    void continuesAfterAFailureOfOneToken() throws Exception {
        KeystoneLimit limit = new KeystoneLimit(vertx, LONG);
        List<Promise<String>> inFlight = acquireAllPermits(limit);
        Promise<String> waiting = Promise.promise();
        Future<String> result = run(limit, "waiting", waiting);
        inFlight.get(0).fail(new IdentityFailure("odd"));

        assertEquals("waiting", started.poll(10, TimeUnit.SECONDS));
        assertFalse(result.isComplete());
        waiting.complete("done");
        assertEquals("done", await(result));
    }

    @Test
    void releasesThePermitOfAValidationThatThrows() throws Exception {
        KeystoneLimit limit = new KeystoneLimit(vertx, LONG);
        for (int i = 0; i <= KeystoneLimit.PERMITS; i++) {
            Future<String> broken = limit.run(() -> {
                throw new IllegalStateException("broken");
            });
            assertEquals("broken", failure(broken));
        }
    }

    @Test
    void drainsAFullQueueOfValidationsThatFailAtOnce() throws Exception {
        KeystoneLimit limit = new KeystoneLimit(vertx, LONG);
        List<Promise<String>> inFlight = acquireAllPermits(limit);
        Future<String> last = null;
        for (int i = 0; i < KeystoneLimit.MAX_WAITING; i++) {
            last = limit.run(() -> Future.failedFuture(new IdentityFailure("odd")));
        }
        inFlight.get(0).complete("done");
        assertEquals("odd", failure(last));
    }

    private List<Promise<String>> acquireAllPermits(KeystoneLimit limit) throws InterruptedException {
        List<Promise<String>> inFlight = new ArrayList<>();
        for (int i = 0; i < KeystoneLimit.PERMITS; i++) {
            inFlight.add(Promise.promise());
            run(limit, "in flight", inFlight.get(i));
            assertEquals("in flight", started.poll(10, TimeUnit.SECONDS));
        }
        return inFlight;
    }

    private Future<String> run(KeystoneLimit limit, String name, Promise<String> result) {
        return limit.run(() -> {
            started.add(name);
            return result.future();
        });
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static String failure(Future<String> future) throws Exception {
        return await(future.recover(e -> Future.succeededFuture(e.getMessage())));
    }
}
