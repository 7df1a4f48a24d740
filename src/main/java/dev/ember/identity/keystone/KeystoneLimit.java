package dev.ember.identity.keystone;

import dev.ember.identity.IdentityFailure;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Limits the number of in-flight validations. The timeout of a validation therefore covers the work of Keystone and not
 * the wait for a connection. Further validations wait in the order of arrival. Never blocks.
 *
 * <ul>
 *   <li>A validation that has waited too long fails.
 *   <li>A validation fails at once if the queue is full.
 *   <li>If Keystone cannot be reached, all waiting validations fail at once, because each would fail for the same
 *       reason.
 * </ul>
 */
final class KeystoneLimit {

    /** Fewer than the connections to Keystone, so that a validation with a permit never waits for a connection. */
    static final int PERMITS = 8;

    static final int MAX_WAITING = 1_024;

    private final Vertx vertx;
    private final Duration maxWait;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private int inFlight;

    /** @param maxWait the longest time that a validation waits for its permit */
    KeystoneLimit(Vertx vertx, Duration maxWait) {
        this.vertx = vertx;
        this.maxWait = maxWait;
    }

    /**
     * Starts a validation as soon as a permit is available. Returns its result or fails with a {@link IdentityFailure}.
     */
    <T> Future<T> run(Supplier<Future<T>> validation) {
        return acquirePermit().compose(permit -> Future.succeededFuture()
                .compose(begin -> validation.get())
                .onComplete(this::release));
    }

    private Future<Void> acquirePermit() {
        Waiting waiting = new Waiting(vertx.getOrCreateContext(), Promise.promise());
        synchronized (this) {
            if (inFlight < PERMITS) {
                inFlight++;
                return Future.succeededFuture();
            }
            if (queue.size() == MAX_WAITING) {
                return Future.failedFuture(new IdentityFailure("too many tokens are waiting for validation"));
            }
            queue.add(waiting);
        }
        Future<Void> permit = waiting.promise.future();
        long timer = vertx.setTimer(maxWait.toMillis(), late -> expire(waiting));
        return permit.onComplete(end -> vertx.cancelTimer(timer));
    }

    private void expire(Waiting waiting) {
        boolean waited;
        synchronized (this) {
            waited = queue.remove(waiting);
        }
        if (waited) {
            waiting.promise.fail(new IdentityFailure(
                    "a token waited " + maxWait.toMillis() + " ms for its validation behind other tokens"));
        }
    }

    private void release(AsyncResult<?> result) {
        List<Waiting> failed = List.of();
        Waiting next;
        synchronized (this) {
            if (result.cause() instanceof IdentityFailure failure && failure.concernsAllTokens()) {
                failed = List.copyOf(queue);
                queue.clear();
            }
            next = queue.poll();
            if (next == null) {
                inFlight--;
            }
        }
        failed.forEach(waiting -> waiting.resume(result.cause()));
        if (next != null) {
            next.resume(null);
        }
    }

    private record Waiting(Context context, Promise<Void> promise) {

        /** Continues on the context of the caller, and not in the callback of another validation. */
        void resume(Throwable failure) {
            context.runOnContext(then -> {
                if (failure == null) {
                    promise.complete();
                } else {
                    promise.fail(failure);
                }
            });
        }
    }
}
