package dev.ember.lifecycle;

import io.quarkus.arc.InactiveBeanException;
import io.quarkus.runtime.QuarkusBindException;
import java.sql.SQLException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jboss.logging.Logger;

/** Says in a sentence why the service does not start. */
public final class StartFailure {

    private StartFailure() {}

    /**
     * Ends the process, after it said why when there was a failure.
     *
     * @param exitCode what the process returns
     * @param failure why it ends, or null when it ends as it should
     */
    public static void exit(int exitCode, Throwable failure) {
        if (failure != null) {
            String sentence = sentenceFor(failure);
            if (sentence == null) {
                Logger.getLogger(StartFailure.class).error("The service does not start", failure);
            } else {
                System.err.println(sentence);
            }
        }
        System.exit(exitCode);
    }

    private static String sentenceFor(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefused) {
                return cause.getMessage();
            }
            if (cause instanceof InactiveBeanException) {
                return "QUARKUS_DATASOURCE_JDBC_URL is not set. Set it to the address of a PostgreSQL database, such as"
                        + " jdbc:postgresql://localhost:5432/ember, and QUARKUS_DATASOURCE_USERNAME and"
                        + " QUARKUS_DATASOURCE_PASSWORD to a role that may use it.";
            }
            if (cause instanceof QuarkusBindException e) {
                return "PORT is " + e.getPort() + ", where another process listens. Set PORT to a free one.";
            }
            if (cause instanceof FlywayValidateException) {
                return "The schema of the database was not made by this service, or its migrations were changed since.";
            }
            if (cause instanceof SQLException) {
                return "The database of QUARKUS_DATASOURCE_JDBC_URL cannot be used: " + cause.getMessage();
            }
        }
        return null;
    }
}
