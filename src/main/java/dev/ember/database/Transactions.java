package dev.ember.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Work for the database that an operation on the event loop hands to another thread. */
public final class Transactions {

    private Transactions() {}

    /**
     * Does the work on a thread that may wait, in a transaction of its own that ends with it. The present request is
     * the present one there too.
     */
    public static <T> CompletionStage<T> call(Supplier<T> work) {
        return Uni.createFrom()
                .item(() -> QuarkusTransaction.requiringNew().call(work::get))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .subscribeAsCompletionStage();
    }
}
