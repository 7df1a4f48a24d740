package dev.ember.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
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

    /** Does the work in the present transaction, or else in one of its own. */
    public static void join(Runnable work) {
        QuarkusTransaction.joiningExisting().run(work);
    }
}
