package dev.ember.pipeline;

import dev.ember.database.Schema;
import dev.ember.fault.Unavailable;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.sql.SQLException;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** Rejects requests while the service does not support the version of the database schema. */
final class SchemaFilter {

    private final Schema schema;

    SchemaFilter(Schema schema) {
        this.schema = schema;
    }

    @ServerRequestFilter(priority = Station.Priority.SCHEMA)
    void filter(ResteasyReactiveContainerRequestContext request) {
        if (!schema.isKnownToBeUsable()) {
            request.suspend();
            Infrastructure.getDefaultWorkerPool().execute(() -> check(request));
        }
    }

    private void check(ResteasyReactiveContainerRequestContext request) {
        try {
            if (schema.isUsable()) {
                request.resume();
            } else {
                request.resume(Unavailable.schema());
            }
        } catch (SQLException | RuntimeException e) {
            request.resume(e);
        }
    }
}
