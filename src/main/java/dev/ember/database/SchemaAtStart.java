package dev.ember.database;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.flywaydb.core.Flyway;

/** Sees to it that the service starts on the schema that it was built for. */
final class SchemaAtStart {

    private final Flyway flyway;
    private final SchemaSettings settings;

    SchemaAtStart(Flyway flyway, SchemaSettings settings) {
        this.flyway = flyway;
        this.settings = settings;
    }

    /** Brings the schema up to date, or only compares it with what the service was built for. */
    void prepare(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent start) {
        if (settings.migrateAtStart()) {
            flyway.migrate();
        } else {
            flyway.validate();
        }
    }
}
