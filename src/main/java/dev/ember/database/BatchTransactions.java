package dev.ember.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;

/** Runs the work of a batch in a transaction. */
@ApplicationScoped
public class BatchTransactions {

    private static final String SET_SHORT_LOCK_TIMEOUT = "set local lock_timeout = 100";

    private final Statements statements;

    BatchTransactions(Statements statements) {
        this.statements = statements;
    }

    /**
     * Runs the work in a new transaction.
     *
     * @param lockWait how long each statement waits for locks of other transactions
     */
    public <T> T run(LockWait lockWait, Supplier<T> work) {
        return QuarkusTransaction.requiringNew().call(() -> {
            if (lockWait == LockWait.SHORT) {
                statements.update(SET_SHORT_LOCK_TIMEOUT, List.of());
            }
            return work.get();
        });
    }
}
