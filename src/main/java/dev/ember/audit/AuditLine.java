package dev.ember.audit;

import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** A line of the audit, whose fields stand in the {@code mdc} of the line, where programs find them. */
final class AuditLine {

    /** The log category of the audit, which operators route by. */
    private static final String CATEGORY = "dev.ember.audit.AuditLog";

    private static final Logger LOG = Logger.getLogger(CATEGORY);

    private final ExtLogRecord line;

    private AuditLine(String message) {
        this.line = new ExtLogRecord(Level.INFO, message, AuditLine.class.getName());
        line.setMdc(Map.of()); // Or else the thread's is copied, of which the line has what it needs.
    }

    static AuditLine of(RoutingContext context, String operation, String outcome) {
        return of(operation, outcome)
                .with("request_id", context.response().headers().get("X-Openstack-Request-Id"))
                .with("source", context.request().remoteAddress().hostAddress());
    }

    /** A line about something that no request asked for. */
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
