package dev.ember.audit;

import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** A line of the audit log. Its fields are in the {@code mdc} of the log record, where programs can read them. */
final class AuditLine {

    /** The log category of the audit log. Operators use it to route the lines. */
    private static final String CATEGORY = "dev.ember.audit.AuditLog";

    private static final Logger LOG = Logger.getLogger(CATEGORY);

    private final ExtLogRecord line;

    private AuditLine(String message) {
        this.line = new ExtLogRecord(Level.INFO, message, AuditLine.class.getName());
        line.setMdc(Map.of()); // Prevents a copy of the thread's MDC. The line has its own fields.
    }

    static AuditLine of(RoutingContext context, String operation, String outcome) {
        return of(operation, outcome)
                .with("request_id", context.response().headers().get("X-Openstack-Request-Id"))
                .with("source", context.request().remoteAddress().hostAddress());
    }

    /** A line about an operation without a request. */
    static AuditLine of(String operation, String outcome) {
        return new AuditLine(operation + " " + outcome)
                .with("operation", operation)
                .with("outcome", outcome);
    }

    /** Adds a field, unless it has no value. */
    AuditLine with(String name, String value) {
        if (value != null) {
            line.putMdc(name, value);
        }
        return this;
    }

    void write() {
        LOG.log(line);
    }
}
