package dev.ember.database;

import io.agroal.api.AgroalDataSource;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * Configures the migrations. An empty database gets all of them. A database that is in use is only expanded, so that
 * replicas of the previous release still work. The contraction runs only when an operator requests it.
 */
@Singleton
public final class Migrations implements FlywayConfigurationCustomizer {

    /**
     * The system property with which {@code migrate --contract} requests the contraction. It is not a setting, so its
     * name does not begin with "ember".
     */
    public static final String CONTRACT = "dev.ember.migrate-contract";

    /**
     * Removes the timeouts, because a migration may take long. The role may have timeouts for requests: see
     * docs/operations.md on PgBouncer.
     */
    private static final String DISABLE_TIMEOUTS = "set statement_timeout = 0; set lock_timeout = 0";

    private final Schema schema;
    private final Optional<String> username;
    private final Optional<String> password;

    Migrations(
            Schema schema,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> username,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.schema = schema;
        this.username = username;
        this.password = password;
    }

    /** Whether the contraction is requested. It may be pending although the service supports the schema. */
    boolean isContractionRequested() {
        return Boolean.getBoolean(CONTRACT);
    }

    @Override
    public void customize(FluentConfiguration configuration) {
        // A concurrent index build waits for all transactions. The lock of Flyway must not be one of them.
        configuration
                .getPluginRegister()
                .getExact(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        // A replica that starts during a migration waits until the migration is complete, without a limit.
        configuration.lockRetryCount(-1);
        configuration.initSql(DISABLE_TIMEOUTS);
        // The extension uses the pool if there is no password. Its connections cancel each statement after 1.4 s.
        if (configuration.getDataSource() instanceof AgroalDataSource pool) {
            configuration.dataSource(urlOf(pool), username.orElse(null), password.orElse(null));
        }
        if (!isContractionRequested() && isInUse()) {
            configuration.target(Integer.toString(Schema.VERSION));
        }
    }

    private static String urlOf(AgroalDataSource pool) {
        return pool.getConfiguration()
                .connectionPoolConfiguration()
                .connectionFactoryConfiguration()
                .jdbcUrl();
    }

    /** True if the database cannot be reached. Flyway then reports the failure. */
    private boolean isInUse() {
        try {
            return schema.installedVersion() > 0;
        } catch (SQLException e) {
            return true;
        }
    }
}
