package dev.ember.database;

import dev.ember.settings.InvalidConfiguration;
import io.quarkus.runtime.QuarkusApplication;
import java.sql.SQLException;

/** The command {@code migrate}: brings the schema up to date and ends, for a job that runs before the service does. */
public final class MigrateCommand implements QuarkusApplication {

    private final Schema schema;

    MigrateCommand(Schema schema) {
        this.schema = schema;
    }

    /** Settings of the service that the command has no use for, and the one that is its purpose. */
    public static void configure(boolean contracts) {
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("ember.identity", "none");
        System.setProperty("ember.migrate-at-start", "true");
        System.setProperty(Migrations.CONTRACT, Boolean.toString(contracts));
    }

    @Override
    public int run(String... args) throws SQLException {
        if (!schema.isUsable()) {
            throw new InvalidConfiguration("The schema of the database has version " + schema.installedVersion()
                    + ", which no longer works with a service that was built for version " + Schema.CONTRACTED
                    + ". It was left as it is; run a newer version of the service.");
        }
        return 0;
    }
}
