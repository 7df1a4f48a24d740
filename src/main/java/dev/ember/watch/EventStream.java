package dev.ember.watch;

import dev.ember.database.DatabaseFailure;
import dev.ember.fault.Unavailable;
import dev.ember.limits.RequestMemory;
import dev.ember.watch.DeploymentStates.State;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The event stream of one client, piece by piece. The next piece is generated when the client has received the one
 * before.
 *
 * <p>The stream is level-triggered. It only tracks the ids of deployments that the client must be told of, and reads
 * their states when it sends them. First these are all deployments of its source, then those that have changed. The
 * stream ends when changes may be missing. The client then connects again, and gets the current state.
 */
final class EventStream implements Waiting {

    /** The time between two comments, and between two checks of the caller. */
    private static final Duration COMMENT_INTERVAL = Duration.ofSeconds(15);

    /** The maximum number of deployments in a piece. */
    private static final int PIECE = 16;

    /** The maximum number of ids of the current state that are read at once. */
    private static final int PAGE = 500;

    private static final byte[] NOTHING = {};

    private final Reads reads;
    private final DeploymentStates states;
    private final StreamSource source;
    private final RequestMemory memory;
    private final Supplier<CompletionStage<Boolean>> authentication;

    /**
     * The deployments that the client has, if they can leave the source. Used by one piece at a time, as the next two.
     */
    private final TrackedIds sent;

    /** The deployment with the greatest id of the current state that was read. */
    private UUID marker;

    /** The memory that the current piece holds in addition to the ids. */
    private long acquired;

    /** The deployments that the client must be told of. Guarded by this object, as all that follows. */
    private final TrackedIds pending;

    private boolean feedIsComplete;
    private boolean isListed;
    private boolean isSynced;
    private boolean hasEnded;
    private long lastComment = System.nanoTime();

    /** The next piece, while there is nothing to send. */
    private CompletableFuture<byte[]> idle;

    /** @param authentication returns whether the caller is still authenticated */
    EventStream(
            Reads reads,
            DeploymentStates states,
            StreamSource source,
            RequestMemory memory,
            Supplier<CompletionStage<Boolean>> authentication) {
        this.reads = reads;
        this.states = states;
        this.source = source;
        this.memory = memory;
        this.authentication = authentication;
        this.pending = new TrackedIds(memory);
        this.sent = new TrackedIds(memory);
    }

    /** Returns the next piece, or null at the end of the stream. The client has received the piece before. */
    CompletionStage<byte[]> next() {
        memory.release(acquired);
        acquired = 0;
        return nextStep().get();
    }

    /**
     * Decides what to do next. The work itself must not hold the lock, because it may complete work of other streams.
     */
    private synchronized Supplier<CompletionStage<byte[]>> nextStep() {
        if (hasEnded) {
            return () -> CompletableFuture.completedStage(null);
        }
        if (!pending.isEmpty()) {
            List<UUID> ids = pending.take(PIECE);
            return () -> states.read(ids).thenCompose(this::render);
        }
        if (!isListed && feedIsComplete) {
            return this::list;
        }
        if (isListed && !isSynced) {
            isSynced = true;
            return () -> CompletableFuture.completedStage(ServerSentEvent.SYNCED);
        }
        CompletableFuture<byte[]> waiting = new CompletableFuture<>();
        idle = waiting;
        return () -> waiting;
    }

    @Override
    public void changed(DeploymentChange change) {
        if (source.mayContain(change)) {
            add(List.of(change.deployment()));
            resume();
        }
    }

    @Override
    public void feedComplete() {
        synchronized (this) {
            feedIsComplete = true;
        }
        resume();
    }

    /** Ends the stream, unless it has not begun. */
    @Override
    public void feedInterrupted() {
        boolean hasBegun;
        synchronized (this) {
            hasBegun = feedIsComplete;
        }
        if (hasBegun) {
            end();
        }
    }

    @Override
    public void drain() {
        end();
    }

    /** Ends the stream after the current piece. */
    void end() {
        synchronized (this) {
            hasEnded = true;
        }
        resume();
    }

    /** Sends a comment and checks the caller if it is time. Repeats reads that failed. */
    @Override
    public void tick(long now) {
        if (now - lastComment < COMMENT_INTERVAL.toNanos()) {
            if (hasWork()) {
                resume();
            }
            return;
        }
        lastComment = now;
        authentication.get().whenComplete((authenticated, failure) -> {
            if (failure != null || !authenticated) {
                end();
            }
        });
        CompletableFuture<byte[]> waiting = takeIdle();
        if (waiting != null) {
            waiting.complete(ServerSentEvent.COMMENT);
        }
    }

    private synchronized boolean hasWork() {
        return !pending.isEmpty() || !isListed && feedIsComplete;
    }

    /** Adds deployments that the client must be told of. Without memory for them, the stream ends. */
    private synchronized void add(List<UUID> ids) {
        hasEnded = hasEnded || !pending.addAll(ids);
    }

    private synchronized CompletableFuture<byte[]> takeIdle() {
        CompletableFuture<byte[]> waiting = idle;
        idle = null;
        return waiting;
    }

    /** Generates the next piece if the client waits for it. */
    private void resume() {
        CompletableFuture<byte[]> waiting = takeIdle();
        if (waiting != null) {
            next().whenComplete(Reads.completing(waiting));
        }
    }

    private CompletionStage<byte[]> list() {
        return reads.submit(() -> source.findAfter(marker, PAGE))
                .handle((ids, failure) -> failure == null ? addListed(ids) : retryLater(failure))
                .thenCompose(piece -> piece);
    }

    private CompletionStage<byte[]> addListed(List<UUID> ids) {
        if (!ids.isEmpty()) {
            marker = ids.get(ids.size() - 1);
        }
        add(ids);
        synchronized (this) {
            isListed = ids.size() < PAGE;
        }
        return next();
    }

    /** Waits for the next tick after a failure that may pass. */
    private CompletionStage<byte[]> retryLater(Throwable failure) {
        Throwable cause = Reads.unwrap(failure);
        if (!(cause instanceof Unavailable) && DatabaseFailure.of(cause) == DatabaseFailure.NONE) {
            return CompletableFuture.failedStage(failure);
        }
        synchronized (this) {
            if (hasEnded) {
                return CompletableFuture.completedStage(null);
            }
            idle = new CompletableFuture<>();
            return idle;
        }
    }

    private CompletionStage<byte[]> render(DeploymentStates.Batch batch) {
        acquired = batch.acquired();
        add(batch.failed());
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        batch.states().forEach(state -> piece.writeBytes(event(state)));
        if (piece.size() > 0) {
            return CompletableFuture.completedStage(piece.toByteArray());
        }
        return batch.failure() == null ? next() : retryLater(batch.failure());
    }

    private byte[] event(State state) {
        if (state.found().isPresent() && source.contains(state.found().get().json())) {
            if (source.canChange() && !sent.addAll(List.of(state.id()))) {
                end();
            }
            return ServerSentEvent.deployment(state.found().get());
        }
        return !source.canChange() || sent.remove(state.id()) ? ServerSentEvent.deleted(state.id()) : NOTHING;
    }
}
