package dev.ember.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.function.Supplier;

/** Runs the work of an operation in a transaction. */
public final class Transactions {

    private Transactions() {}

    /**
     * Runs the work in a new transaction and returns its result. The work is repeated once if a prepared statement is
     * stale.
     */
    public static <T> T get(Supplier<T> work) {
        return StaleStatements.retryOnce(() -> QuarkusTransaction.requiringNew().call(work::get));
    }

    /** Runs the work in a new transaction. The work is repeated once if a prepared statement is stale. */
    public static void run(Runnable work) {
        get(() -> {
            work.run();
            return null;
        });
    }

    /** Runs the work in the current transaction, or else in a new one. */
    public static void join(Runnable work) {
        QuarkusTransaction.joiningExisting().run(work);
    }
}
