package dev.ember.database;

import dev.ember.fault.Unavailable;
import java.sql.SQLException;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses requests while the database has another version of the schema, so that none is half understood. */
final class SchemaFilter {

    private final Schema schema;

    SchemaFilter(Schema schema) {
        this.schema = schema;
    }

    @ServerRequestFilter
    void filter() throws SQLException {
        if (!schema.isCurrent()) {
            throw Unavailable.schema();
        }
    }
}
