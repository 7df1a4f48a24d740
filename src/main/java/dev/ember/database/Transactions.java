package dev.ember.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Runs the work of an operation in a transaction. */
public final class Transactions {

    private Transactions() {}

    /** Does the work in a transaction of its own that ends with it. The work is repeated if a statement is stale. */
    public static <T> T get(Supplier<T> work) {
        return StaleStatements.retryOnce(() -> QuarkusTransaction.requiringNew().call(work::get));
    }

    /** Does the same without a result. */
    public static void run(Runnable work) {
        get(() -> {
            work.run();
            return null;
        });
    }

    /** Does the same on a thread that may wait. The present request is the present one there too. */
    public static <T> CompletionStage<T> call(Supplier<T> work) {
        return Uni.createFrom()
                .item(() -> get(work))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .subscribeAsCompletionStage();
    }
}
