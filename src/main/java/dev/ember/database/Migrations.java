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
 * How migrations run. An empty database gets all of them. A database that is in use is only expanded, so that replicas
 * of the release before still work, until an operator asks for the contraction.
 */
@Singleton
public final class Migrations implements FlywayConfigurationCustomizer {

    /**
     * The system property by which {@code migrate --contract} asks for the contraction. No setting: not below "ember".
     */
    public static final String CONTRACT = "dev.ember.migrate-contract";

    /** The role may have limits for requests: see the README on PgBouncer. A migration may take long. */
    private static final String NO_LIMITS = "set statement_timeout = 0; set lock_timeout = 0";

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
        configuration.initSql(NO_LIMITS);
        // The extension takes the pool when there is no password. Its connections end each statement after 1.4 s.
        if (configuration.getDataSource() instanceof AgroalDataSource pool) {
            configuration.dataSource(urlOf(pool), username.orElse(null), password.orElse(null));
        }
        if (!contracts() && isInUse()) {
            configuration.target(Integer.toString(Schema.VERSION));
        }
    }

    private static String urlOf(AgroalDataSource pool) {
        return pool.getConfiguration()
                .connectionPoolConfiguration()
                .connectionFactoryConfiguration()
                .jdbcUrl();
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
