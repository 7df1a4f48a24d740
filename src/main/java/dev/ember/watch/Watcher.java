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
 * A request that waits until a resource changes. It is level-triggered: the resource is read again after each change
 * that may concern it, and its entity tag alone tells whether it has changed.
 */
final class Watcher implements Waiting {

    private static final int NOT_MODIFIED = 304;

    private final Reads reads;
    private final Supplier<CompletionStage<RestResponse<byte[]>>> read;
    private final RestResponse<byte[]> unchanged;
    private final long deadline;
    private final CompletableFuture<RestResponse<byte[]>> response = new CompletableFuture<>();
    private final AtomicBoolean reading = new AtomicBoolean();

    /** A change after the first read, and before this object existed, had no effect on it. So it begins with a read. */
    private volatile boolean needsRead = true;

    private volatile boolean draining;

    /** Whether the wait was over when the last read began. */
    private volatile boolean isLast;

    /**
     * @param read reads the resource, and returns the response to the client, which is 304 while it is unchanged
     * @param unchanged the response to the first read
     */
    Watcher(
            Reads reads,
            Supplier<CompletionStage<RestResponse<byte[]>>> read,
            RestResponse<byte[]> unchanged,
            Duration wait) {
        this.reads = reads;
        this.read = read;
        this.unchanged = unchanged;
        this.deadline = System.nanoTime() + wait.toNanos();
    }

    CompletionStage<RestResponse<byte[]>> response() {
        return response;
    }

    /** Ends the wait without another read, because the client has disconnected. */
    void abandon() {
        response.complete(unchanged);
    }

    @Override
    public void changed(DeploymentChange change) {
        readSoon();
    }

    @Override
    public void feedComplete() {
        readSoon();
    }

    /** Changes nothing: the resource is read when the feed is complete again. */
    @Override
    public void feedInterrupted() {}

    @Override
    public void drain() {
        draining = true;
        readSoon();
    }

    /** Repeats a read that failed, and reads the last state when the wait is over. */
    @Override
    public void tick(long now) {
        if (!reading.get() && (needsRead || isEnding())) {
            readSoon();
        }
    }

    private boolean isEnding() {
        return draining || System.nanoTime() - deadline >= 0;
    }

    private void readSoon() {
        needsRead = true;
        if (!response.isDone() && reading.compareAndSet(false, true)) {
            reads.submit(this::readNow).whenComplete(this::finish);
        }
    }

    private CompletionStage<RestResponse<byte[]>> readNow() {
        needsRead = false;
        isLast = isEnding();
        return response.isDone() ? response : read.get();
    }

    /** Responds if the resource has changed or if the wait was over when the read began. */
    private void finish(RestResponse<byte[]> found, Throwable failure) {
        if (failure != null) {
            fail(failure);
        } else if (isLast || found.getStatus() != NOT_MODIFIED) {
            response.complete(found);
        }
        reading.set(false);
        if (failure == null && needsRead) {
            readSoon();
        }
    }

    /** An unavailable database does not end the wait. The read is repeated. */
    private void fail(Throwable failure) {
        Throwable cause = Reads.unwrap(failure);
        boolean isState = cause instanceof Fault && !(cause instanceof Unavailable);
        if (isLast || isState) {
            response.completeExceptionally(cause);
        } else {
            needsRead = true;
        }
    }
}
