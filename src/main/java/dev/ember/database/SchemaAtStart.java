package dev.ember.database;

import io.quarkus.datasource.common.runtime.DataSourceUtil;
import io.quarkus.flyway.runtime.FlywayContainerProducer;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Brings the schema up to date before the service serves, unless a job does that. */
final class SchemaAtStart {

    private final Schema schema;
    private final Migrations migrations;
    private final boolean migrates;
    private final DataSource database;
    private final FlywayContainerProducer flyway;

    SchemaAtStart(
            Schema schema,
            Migrations migrations,
            SchemaSettings settings,
            DataSource database,
            FlywayContainerProducer flyway) {
        this.schema = schema;
        this.migrations = migrations;
        this.migrates = settings.migrateAtStart();
        this.database = database;
        this.flyway = flyway;
    }

    void prepare(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent start) {
        if (migrates && (migrations.contracts() || !isUsableOrNewer())) {
            migrate();
        }
    }

    /** As the extension would, which makes a Flyway at every start unless {@code quarkus.flyway.active} is false. */
    private void migrate() {
        new RepeatedMigration(flyway.createFlyway(database, DataSourceUtil.DEFAULT_DATASOURCE_NAME, true, true)
                        .getFlyway())
                .run();
    }

    /** Flyway is slow to start, so it is asked only when there is something to do, or a failure for it to explain. */
    private boolean isUsableOrNewer() {
        try {
            return schema.isUsable() || schema.installedVersion() > Schema.VERSION;
        } catch (SQLException e) {
            return false;
        }
    }
}
