package dev.ember.database;

import io.quarkus.arc.All;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.datasource.common.runtime.DataSourceUtil;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.quarkus.flyway.runtime.FlywayBuildTimeConfig;
import io.quarkus.flyway.runtime.FlywayContainer;
import io.quarkus.flyway.runtime.FlywayContainerProducer;
import io.quarkus.flyway.runtime.FlywayRuntimeConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Creates Flyway when there is a migration to run. The extension asks for it at every start, also if
 * {@code quarkus.flyway.active} is false, and gets a container without Flyway.
 */
@Alternative
@Priority(1)
@Singleton
public class FlywayOnDemand extends FlywayContainerProducer {

    FlywayOnDemand(
            FlywayRuntimeConfig settings,
            FlywayBuildTimeConfig buildSettings,
            @All List<InstanceHandle<FlywayConfigurationCustomizer>> customizers) {
        super(settings, buildSettings, customizers);
    }

    @Override
    public FlywayContainer createFlyway(
            DataSource database, String name, boolean hasMigrations, boolean createPossible) {
        return new FlywayContainer(null, false, false, false, false, false, false, name, hasMigrations, createPossible);
    }

    Flyway create(DataSource database) {
        return super.createFlyway(database, DataSourceUtil.DEFAULT_DATASOURCE_NAME, true, true)
                .getFlyway();
    }
}
