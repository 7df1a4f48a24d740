package dev.ember.settings;

import io.quarkus.runtime.QuarkusBindException;
import io.smallrye.config.ConfigValidationException;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jboss.logging.Logger;

/** Explains on standard error why the service does not start. */
public final class StartupFailure {

    private StartupFailure() {}

    /**
     * Explains a failure, and exits the process.
     *
     * @param exitCode the exit code of the process
     * @param failure the reason, or null if there is no failure
     */
    public static void exit(int exitCode, Throwable failure) {
        if (failure != null) {
            String explanation = explain(failure);
            if (explanation == null) {
                Logger.getLogger(StartupFailure.class).error("The service does not start", failure);
            } else {
                System.err.println(explanation);
            }
        }
        System.exit(exitCode);
    }

    private static String explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidConfiguration) {
                return cause.getMessage();
            }
            if (cause instanceof ConfigValidationException e) {
                return lines(UnreadableSettings.problems(
                        e, RawSettings.ofEnvironment(), System.getenv().keySet()));
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
        return SettingsCheck.hasPassed() ? null : explainBeforeCheck();
    }

    /** A database without an address, for example, makes the startup fail before the check. */
    private static String explainBeforeCheck() {
        return lines(SettingsCheck.problems(
                RawSettings.ofEnvironment(), System.getenv().keySet()));
    }

    private static String lines(List<String> problems) {
        return problems.isEmpty() ? null : new InvalidConfiguration(problems).getMessage();
    }
}
