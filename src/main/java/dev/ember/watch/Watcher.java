package dev.ember.watch;

import dev.ember.fault.Fault;
import dev.ember.fault.Unavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * A request that waits until a resource changes. It is level-triggered: the resource is read again after each hint, and
 * its entity tag alone tells whether it has changed.
 */
final class Watcher {

    private static final int NOT_MODIFIED = 304;

    private final Supplier<CompletionStage<RestResponse<byte[]>>> read;
    private final RestResponse<byte[]> unchanged;
    private final long deadline;
    private final CompletableFuture<RestResponse<byte[]>> response = new CompletableFuture<>();
    private final AtomicBoolean reading = new AtomicBoolean();

    /** A change after the first read, and before this object existed, had no effect on it. So it begins with a read. */
    private volatile boolean needsRead = true;

    private volatile boolean ending;
    private volatile long lastRead = System.nanoTime();

    /**
     * @param read reads the resource, and returns the response to the client, which is 304 while it is unchanged
     * @param unchanged the response to the first read
     */
    Watcher(Supplier<CompletionStage<RestResponse<byte[]>>> read, RestResponse<byte[]> unchanged, Duration wait) {
        this.read = read;
        this.unchanged = unchanged;
        this.deadline = System.nanoTime() + wait.toNanos();
    }

    CompletionStage<RestResponse<byte[]>> response() {
        return response;
    }

    boolean isDone() {
        return response.isDone();
    }

    /** Returns whether the wait is over, or was ended. The next read is then the last one. */
    boolean isEnding() {
        return ending || System.nanoTime() - deadline >= 0;
    }

    /** Requests a read. */
    void hint() {
        needsRead = true;
    }

    /** Ends the wait with the current state. */
    void end() {
        ending = true;
    }

    /** Ends the wait without another read, because the client has disconnected. */
    void abandon() {
        response.complete(unchanged);
    }

    /** Returns whether a read is due and none is running. */
    boolean isDue(Duration maxAge) {
        return !reading.get()
                && !isDone()
                && (needsRead || isEnding() || System.nanoTime() - lastRead >= maxAge.toNanos());
    }

    /**
     * Reads the resource. Completes the response if it has changed or if the wait is over. An unavailable database does
     * not end the wait.
     *
     * @param done runs after the read
     */
    void read(Runnable done) {
        boolean isLast = isEnding();
        needsRead = false;
        reading.set(true);
        lastRead = System.nanoTime();
        CompletionStage<RestResponse<byte[]>> state;
        try {
            state = read.get();
        } catch (RuntimeException | OutOfMemoryError e) {
            state = CompletableFuture.failedStage(e);
        }
        state.whenComplete((found, failure) -> {
            if (failure != null) {
                fail(failure, isLast);
            } else if (isLast || found.getStatus() != NOT_MODIFIED) {
                response.complete(found);
            }
            reading.set(false);
            done.run();
        });
    }

    private void fail(Throwable failure, boolean isLast) {
        Throwable cause = failure.getCause() == null || failure instanceof Fault ? failure : failure.getCause();
        boolean isState = cause instanceof Fault && !(cause instanceof Unavailable);
        if (isLast || isState) {
            response.completeExceptionally(cause);
        }
    }
}
