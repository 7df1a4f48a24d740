package dev.ember.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * How migrations run. An empty database gets all of them. A database that is in use is only expanded, so that replicas
 * of the release before still work, until an operator asks for the contraction.
 */
@Singleton
public final class Migrations implements FlywayConfigurationCustomizer {

    /**
     * The system property by which {@code migrate --contract} asks for the contraction. No setting: not below "ember".
     */
    public static final String CONTRACT = "dev.ember.migrate-contract";

    private final Schema schema;

    Migrations(Schema schema) {
        this.schema = schema;
    }

    /** Whether there may be something to do on a schema that the service works with. */
    boolean contracts() {
        return Boolean.getBoolean(CONTRACT);
    }

    @Override
    public void customize(FluentConfiguration configuration) {
        // An index that is built while the table is in use waits for all transactions. Flyway's lock must not be one.
        configuration
                .getPluginRegister()
                .getExact(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        // A replica that starts during a migration waits for its end, however long that takes.
        configuration.lockRetryCount(-1);
        if (!contracts() && isInUse()) {
            configuration.target(Integer.toString(Schema.VERSION));
        }
    }

    /** A database that cannot be reached is left to Flyway, which explains the failure. */
    private boolean isInUse() {
        try {
            return schema.installedVersion() > 0;
        } catch (SQLException e) {
            return true;
        }
    }
}
