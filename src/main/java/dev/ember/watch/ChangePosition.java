package dev.ember.watch;

import dev.ember.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Finds out whether any transaction has committed since the last call. The position is the snapshot of PostgreSQL: the
 * ids of the transactions whose changes are visible. It changes exactly when a commit becomes visible.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT">PostgreSQL's
 *     snapshot functions</a>
 */
@ApplicationScoped
class ChangePosition {

    private static final String READ = "select pg_current_snapshot()::text";

    private final Statements statements;
    private final AtomicReference<String> last = new AtomicReference<>();

    ChangePosition(Statements statements) {
        this.statements = statements;
    }

    /**
     * Reads the position. After a failure of the database, the next call returns true, because the database may have
     * another history since.
     *
     * @return whether the position differs from that of the last call
     */
    boolean hasChanged() {
        String before = last.getAndSet(null);
        String position =
                statements.query(READ, List.of(), row -> row.getString(1)).get(0);
        last.set(position);
        return !position.equals(before);
    }
}
