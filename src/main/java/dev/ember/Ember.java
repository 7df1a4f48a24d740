package dev.ember;

import dev.ember.database.MigrateCommand;
import dev.ember.settings.StartupFailure;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts the service. With the argument {@code migrate}, upgrades the database schema and exits instead. */
@QuarkusMain
public final class Ember {

    private static final int USAGE_ERROR = 2;
    private static final List<String> MIGRATE = List.of("migrate");
    private static final List<String> CONTRACT = List.of("migrate", "--contract");

    private Ember() {}

    public static void main(String... args) {
        // Hibernate would otherwise log its version before the message about invalid settings.
        Logger.getLogger("org.hibernate").setLevel(Level.WARNING);
        if (args.length == 0) {
            Quarkus.run(null, StartupFailure::exit);
        } else if (MIGRATE.equals(List.of(args)) || CONTRACT.equals(List.of(args))) {
            MigrateCommand.configure(CONTRACT.equals(List.of(args)));
            Quarkus.run(MigrateCommand.class, StartupFailure::exit);
        } else {
            System.err.println(
                    "Invalid arguments. Use no argument to start the service, migrate to upgrade the database schema and"
                            + " exit, or migrate --contract to also remove what only earlier releases use.");
            System.exit(USAGE_ERROR);
        }
    }
}
