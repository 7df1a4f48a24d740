package dev.ember.database;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/** Brings the schema up to date before the service serves, unless a job does that. */
final class SchemaAtStart {

    private final Schema schema;
    private final SchemaSettings settings;
    private final Instance<Flyway> flyway;

    SchemaAtStart(Schema schema, SchemaSettings settings, Instance<Flyway> flyway) {
        this.schema = schema;
        this.settings = settings;
        this.flyway = flyway;
    }

    void prepare(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent start) {
        if (settings.migrateAtStart() && !isCurrentOrNewer()) {
            flyway.get().migrate();
        }
    }

    /** Flyway is slow to start, so it is asked only when there is something to do, or a failure for it to explain. */
    private boolean isCurrentOrNewer() {
        try {
            return schema.isCurrent() || schema.installedVersion() > Schema.VERSION;
        } catch (SQLException e) {
            return false;
        }
    }
}
