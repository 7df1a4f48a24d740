package dev.ember.watch;

import dev.ember.fault.Unavailable;
import dev.ember.limits.RequestMemory;
import dev.ember.tenant.JsonLookup;
import dev.ember.tenant.JsonLookup.Found;
import dev.ember.tenant.JsonLookup.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Reads the states of deployments for a stream, within the memory of its request. */
final class DeploymentStates {

    /** The number of copies of a large deployment in memory: its JSON, and its event. */
    private static final int COPIES = 2;

    private final Reads reads;
    private final JsonLookup lookup;
    private final String project;
    private final RequestMemory memory;

    DeploymentStates(Reads reads, JsonLookup lookup, String project, RequestMemory memory) {
        this.reads = reads;
        this.lookup = lookup;
        this.project = project;
        this.memory = memory;
    }

    /**
     * The states that were read together.
     *
     * @param failed the deployments that could not be read
     * @param failure the reason of the last failure, or null
     * @param acquired the memory that was acquired, which the stream releases after it has sent the states
     */
    record Batch(List<State> states, List<UUID> failed, Throwable failure, long acquired) {}

    /**
     * The state of a deployment.
     *
     * @param found empty if the project sees no such deployment
     * @param acquired the memory that was acquired for a large one
     */
    record State(UUID id, Optional<Found> found, long acquired) {

        private long smallSize() {
            return acquired > 0 ? 0 : found.map(Found::size).orElse(0L);
        }
    }

    /** Reads the states of deployments. Each may fail separately. */
    CompletionStage<Batch> read(List<UUID> ids) {
        List<CompletableFuture<State>> states = new ArrayList<>();
        ids.forEach(id -> states.add(reads.submit(() -> find(id)).toCompletableFuture()));
        return CompletableFuture.allOf(states.toArray(CompletableFuture[]::new))
                .handle((done, failure) -> batch(ids, states));
    }

    private CompletionStage<State> find(UUID id) {
        Key key = new Key(project, id.toString());
        return lookup.find(key)
                .thenCompose(found -> found.isEmpty() || found.get().json() != null
                        ? CompletableFuture.completedStage(new State(id, found, 0))
                        : findLarge(id, key, found.get()));
    }

    private CompletionStage<State> findLarge(UUID id, Key key, Found found) {
        long size = COPIES * found.size();
        return lookup.complete(key, found, memory, COPIES)
                .thenApply(whole -> new State(id, whole, size))
                .whenComplete((state, failure) -> {
                    if (failure != null) {
                        memory.release(size);
                    }
                });
    }

    /** Many small deployments together also need memory. Without it, none of the deployments is read. */
    private Batch batch(List<UUID> ids, List<CompletableFuture<State>> stages) {
        List<State> states = new ArrayList<>();
        List<UUID> failed = new ArrayList<>();
        Throwable failure = null;
        for (int i = 0; i < ids.size(); i++) {
            try {
                states.add(stages.get(i).join());
            } catch (CompletionException e) {
                failed.add(ids.get(i));
                failure = e.getCause();
            }
        }
        long acquired = states.stream().mapToLong(State::acquired).sum();
        long small = states.stream().mapToLong(State::smallSize).sum();
        if (small <= JsonLookup.SMALL) {
            return new Batch(states, failed, failure, acquired);
        }
        if (memory.tryAcquire(small)) {
            return new Batch(states, failed, failure, acquired + small);
        }
        memory.release(acquired);
        return new Batch(List.of(), ids, Unavailable.memory(), 0);
    }
}
