package dev.ember.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;

/** Runs the work of a batch in a transaction. */
@ApplicationScoped
public class BatchTransactions {

    private static final String WAIT_SHORTLY = "set local lock_timeout = 100";

    private final Statements statements;

    BatchTransactions(Statements statements) {
        this.statements = statements;
    }

    /**
     * Does the work in a transaction of its own, which ends with it.
     *
     * @param lockWait how long the work waits for locks of other transactions
     */
    public <T> T run(LockWait lockWait, Supplier<T> work) {
        return QuarkusTransaction.requiringNew().call(() -> {
            if (lockWait == LockWait.SHORT) {
                statements.update(WAIT_SHORTLY, List.of());
            }
            return work.get();
        });
    }
}
