package dev.ember.identity.keystone;

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
 * Limits how many validations are in flight, so that the timeout of each counts the work of Keystone and not the wait
 * for a connection. Other validations wait in order of arrival. Never blocks.
 *
 * <ul>
 *   <li>A validation that has waited too long fails.
 *   <li>A validation that finds the queue full fails at once.
 *   <li>When Keystone cannot be reached, all that wait fail at once, because each would only find out the same.
 * </ul>
 */
final class KeystoneLimit {

    /** Fewer than the connections to Keystone, so that a permit never waits for a connection. */
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

    /** Begins a validation as soon as there is a permit, and returns its result or a {@link KeystoneFailure}. */
    <T> Future<T> run(Supplier<Future<T>> validation) {
        return permit().compose(permit ->
                Future.succeededFuture().compose(begin -> validation.get()).onComplete(this::release));
    }

    private Future<Void> permit() {
        Waiting waiting = new Waiting(vertx.getOrCreateContext(), Promise.promise());
        synchronized (this) {
            if (inFlight < PERMITS) {
                inFlight++;
                return Future.succeededFuture();
            }
            if (queue.size() == MAX_WAITING) {
                return Future.failedFuture(new KeystoneFailure("too many tokens wait for their validation"));
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
            waiting.promise.fail(new KeystoneFailure(
                    "a token waited " + maxWait.toMillis() + " ms for its validation because of those before it"));
        }
    }

    private void release(AsyncResult<?> result) {
        List<Waiting> failed = List.of();
        Waiting next;
        synchronized (this) {
            if (result.cause() instanceof KeystoneFailure failure && failure.concernsAllTokens()) {
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

        /** Continues on the context of the caller, and so never within the end of another validation. */
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
