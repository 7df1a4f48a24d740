package dev.ember.settings;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Validates all settings at startup, before the database is used. */
public final class SettingsCheck {

    /** The priority of startup observers that run after this check and before the database is used. */
    public static final int AFTER = Interceptor.Priority.PLATFORM_BEFORE + 1;

    private static final Logger LOG = Logger.getLogger(SettingsCheck.class);

    /** Keystone creates ids of this form. Ids from another source may have another form. */
    private static final Pattern USUAL_PROJECT = Pattern.compile("[0-9a-f]{32}");

    private static volatile boolean hasPassed;

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start, Config config) {
        RawSettings settings = RawSettings.of(config);
        Set<String> variables = System.getenv().keySet();
        List<String> problems = problems(settings, variables);
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(problems);
        }
        hasPassed = true;
        warn(settings, variables);
    }

    /** Whether the settings were valid, so that a later startup failure has another cause. */
    static boolean hasPassed() {
        return hasPassed;
    }

    /** Returns a line for the operator for each problem, sorted by the names of variables. */
    static List<String> problems(RawSettings settings, Set<String> variables) {
        return Stream.of(
                        DeclaredSettings.ALL.stream().flatMap(setting -> setting.problem(settings).stream()),
                        new RequiredSettings(settings).problems().stream(),
                        UnknownVariables.misspelt(variables).stream())
                .flatMap(lines -> lines)
                .sorted()
                .toList();
    }

    private static void warn(RawSettings settings, Set<String> variables) {
        for (String name : UnknownVariables.unknown(variables)) {
            LOG.warnf("%s is not a setting of the service and has no effect", name);
        }
        settings.value("ember.admin-project")
                .filter(project -> settings.value("ember.identity")
                        .filter("keystone"::equals)
                        .isPresent())
                .filter(project -> !USUAL_PROJECT.matcher(project).matches())
                .ifPresent(project -> LOG.warnf(
                        "EMBER_ADMIN_PROJECT is '%s', but ids of projects usually are 32 hexadecimal digits."
                                + " No caller administers all tenants if it is the name of a project",
                        project));
    }
}
