package dev.ember.database;

import dev.ember.settings.InvalidConfiguration;
import io.quarkus.runtime.QuarkusApplication;
import java.sql.SQLException;

/** The command {@code migrate}. It upgrades the schema and exits. A job runs it before the service starts. */
public final class MigrateCommand implements QuarkusApplication {

    private final Schema schema;

    MigrateCommand(Schema schema) {
        this.schema = schema;
    }

    /**
     * Sets the required settings that the command does not use, and enables the migration.
     *
     * @param contract whether to also remove what only earlier releases use
     */
    public static void configure(boolean contract) {
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("ember.identity", "none");
        System.setProperty("ember.migrate-at-start", "true");
        System.setProperty(Migrations.CONTRACT, Boolean.toString(contract));
    }

    @Override
    public int run(String... args) throws SQLException {
        if (!schema.isUsable()) {
            throw new InvalidConfiguration("The database schema has version " + schema.installedVersion()
                    + ", which is incompatible with a service that was built for version " + Schema.CONTRACTED
                    + ". The schema was not changed. Run a newer version of the service.");
        }
        return 0;
    }
}
