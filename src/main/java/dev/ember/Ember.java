package dev.ember;

import dev.ember.lifecycle.MigrateCommand;
import dev.ember.lifecycle.StartFailure;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts the service, or with the argument {@code migrate} brings the schema up to date and ends. */
@QuarkusMain
public final class Ember {

    private static final int WRONG_USE = 2;

    private Ember() {}

    public static void main(String... args) {
        // What Hibernate tells of itself as the jar starts would stand before the sentence with which a start is
        // refused.
        Logger.getLogger("org.hibernate").setLevel(Level.WARNING);
        if (args.length == 0) {
            Quarkus.run(null, StartFailure::exit);
        } else if (args.length == 1 && args[0].equals("migrate")) {
            MigrateCommand.configure();
            Quarkus.run(MigrateCommand.class, StartFailure::exit);
        } else {
            System.err.println(
                    "Give no argument to serve, or migrate to bring the database schema up to date and end.");
            System.exit(WRONG_USE);
        }
    }
}
