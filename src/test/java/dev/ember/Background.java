package dev.ember;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Starts a task beside a test, on a thread of its own.
 *
 * <p>The common pool of JDK 25 has one thread on a machine with two processors, so that a second task there waits for
 * the first.
 */
public final class Background {

    private static final Executor THREADS = task -> new Thread(task, "background").start();

    private Background() {}

    public static CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, THREADS);
    }

    public static <T> CompletableFuture<T> supply(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, THREADS);
    }
}
