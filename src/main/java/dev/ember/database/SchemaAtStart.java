package dev.ember.database;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Upgrades the schema before the service accepts requests, unless a job does that. */
final class SchemaAtStart {

    /**
     * The pool needs up to three attempts if the first server of the URL accepts connections and does not respond.
     * Flyway would wait for that server without a limit.
     */
    private static final int MAX_ATTEMPTS = 5;

    private final Schema schema;
    private final Migrations migrations;
    private final boolean migrates;
    private final DataSource database;
    private final FlywayOnDemand flyway;

    SchemaAtStart(
            Schema schema, Migrations migrations, SchemaSettings settings, DataSource database, FlywayOnDemand flyway) {
        this.schema = schema;
        this.migrations = migrations;
        this.migrates = settings.migrateAtStart();
        this.database = database;
        this.flyway = flyway;
    }

    void prepare(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent start) {
        if (migrates && (migrations.isContractionRequested() || !isUsableOrNewer())) {
            new RepeatedMigration(flyway.create(database)).run();
        }
    }

    /**
     * Flyway starts slowly. It is used only if a migration may be needed, or if there is a failure for it to report.
     */
    private boolean isUsableOrNewer() {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                return schema.isUsable() || schema.installedVersion() > Schema.VERSION;
            } catch (SQLException e) {
                // The next attempt may reach another server.
            }
        }
        return false;
    }
}
