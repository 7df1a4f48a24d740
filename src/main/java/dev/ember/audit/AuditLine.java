package dev.ember.audit;

import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** A line of the audit, whose fields stand in the {@code mdc} of the line, where programs find them. */
final class AuditLine {

    private static final Logger LOG = Logger.getLogger(AuditLog.class.getName());

    private final String message;
    private final Map<String, String> fields = new LinkedHashMap<>();

    private AuditLine(String message) {
        this.message = message;
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
            fields.put(name, value);
        }
        return this;
    }

    void write() {
        if (LOG.isLoggable(Level.INFO)) {
            ExtLogRecord line = new ExtLogRecord(Level.INFO, message, AuditLine.class.getName());
            fields.forEach(line::putMdc);
            LOG.logRaw(line);
        }
    }
}
