package dev.ember.database;

import dev.ember.fault.Unavailable;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.sql.SQLException;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** Refuses requests while the database has another version of the schema, so that none is half understood. */
final class SchemaFilter {

    private final Schema schema;

    SchemaFilter(Schema schema) {
        this.schema = schema;
    }

    @ServerRequestFilter
    void filter(ResteasyReactiveContainerRequestContext request) {
        if (!schema.isKnownToBeCurrent()) {
            request.suspend();
            Infrastructure.getDefaultWorkerPool().execute(() -> check(request));
        }
    }

    private void check(ResteasyReactiveContainerRequestContext request) {
        try {
            if (schema.isCurrent()) {
                request.resume();
            } else {
                request.resume(Unavailable.schema());
            }
        } catch (SQLException e) {
            request.resume(Unavailable.database());
        } catch (RuntimeException e) {
            request.resume(e);
        }
    }
}
