package dev.ember.housekeeping;

import dev.ember.audit.AuditLog;
import dev.ember.policy.Operation;
import io.micrometer.core.instrument.Counter;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Does batches of changes to deployments, and counts and audits each change. */
final class Changes {

    private final AuditLog audit;
    private final Operation operation;
    private final String reason;
    private final Counter counter;

    /** @param reason why deployments are changed, in a word, for the audit */
    Changes(AuditLog audit, Operation operation, String reason, Counter counter) {
        this.audit = audit;
        this.operation = operation;
        this.reason = reason;
        this.counter = counter;
    }

    /**
     * @param statement one that changes deployments, commits, and returns the id and the tenant of each
     * @return how many they were
     */
    int make(PreparedStatement statement) throws SQLException {
        int number = 0;
        try (ResultSet changed = statement.executeQuery()) {
            for (; changed.next(); number++) {
                counter.increment();
                audit.byService(operation, reason, changed.getString("tenant_id"), changed.getString("id"));
            }
        }
        return number;
    }
}
