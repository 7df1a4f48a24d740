package dev.ember.settings;

import io.quarkus.arc.InactiveBeanException;
import io.quarkus.runtime.QuarkusBindException;
import io.smallrye.config.ConfigValidationException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jboss.logging.Logger;

/** Says in a sentence why the service does not start. */
public final class StartupFailure {

    private static final Pattern UNREADABLE =
            Pattern.compile("config property (ember\\.\\S+) with the config value \"(.*?)\" threw");

    private static final Pattern EMPTY =
            Pattern.compile("config property (ember\\.\\S+) is defined as the empty String");

    private StartupFailure() {}

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
                Logger.getLogger(StartupFailure.class).error("The service does not start", failure);
            } else {
                System.err.println(sentence);
            }
        }
        System.exit(exitCode);
    }

    /** Which setting it is that cannot be read, or null. */
    private static String sentenceFor(String message) {
        Matcher empty = EMPTY.matcher(message);
        if (empty.find()) {
            return variable(empty.group(1)) + " is empty. Set it to what it takes, or remove it.";
        }
        Matcher setting = UNREADABLE.matcher(message);
        return setting.find()
                ? variable(setting.group(1)) + " is '" + setting.group(2)
                        + "', which cannot be read. Set it to what it takes, such as 90S, 5M, 24H or 30D for a time."
                : null;
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("\\W", "_");
    }

    private static String sentenceFor(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidConfiguration) {
                return cause.getMessage();
            }
            if (cause instanceof ConfigValidationException) {
                return sentenceFor(cause.getMessage());
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
