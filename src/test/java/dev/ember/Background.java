package dev.ember;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Runs a task concurrently with a test, on a new thread.
 *
 * <p>On a machine with two CPUs, the common pool of JDK 25 has one thread: a second task would wait for the first.
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
