package dev.ember.database;

import dev.ember.fault.Unavailable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses requests while the database has another version of the schema, so that none is half understood. */
final class SchemaFilter {

    private static final Uni<Response> PASS = Uni.createFrom().nullItem();

    private final Schema schema;

    SchemaFilter(Schema schema) {
        this.schema = schema;
    }

    @ServerRequestFilter
    Uni<Response> filter() {
        return schema.isKnownToBeCurrent()
                ? PASS
                : Uni.createFrom().item(this::check).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Response check() {
        try {
            if (schema.isCurrent()) {
                return null;
            }
        } catch (SQLException e) {
            throw Unavailable.database();
        }
        throw Unavailable.schema();
    }
}
