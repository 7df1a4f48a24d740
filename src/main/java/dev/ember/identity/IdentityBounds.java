package dev.ember.identity;

import dev.ember.settings.DurationSetting;
import dev.ember.settings.InvalidConfiguration;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** Checks the values of identity settings, also of those that the present mode does not use. */
@ApplicationScoped
class IdentityBounds {

    private static final Logger LOG = Logger.getLogger(IdentityBounds.class);
    private static final Pattern ID = Pattern.compile(Authorization.TENANT);

    /** Keystone makes ids of this form; those of other origin may have another. */
    private static final Pattern USUAL_ID = Pattern.compile("[0-9a-f]{32}");

    void check(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start, IdentitySettings identity) {
        DurationSetting.between("EMBER_TOKEN_CACHE_TTL", identity.tokenCacheTtl(), Duration.ZERO, Duration.ofDays(1));
        identity.adminProject().ifPresent(IdentityBounds::checkAdminProject);
    }

    private static void checkAdminProject(String project) {
        if (!ID.matcher(project).matches()) {
            throw InvalidConfiguration.setting(
                    "EMBER_ADMIN_PROJECT", project, "the id of a project: 1 to 64 characters of A-Z a-z 0-9 _ -");
        }
        if (!USUAL_ID.matcher(project).matches()) {
            LOG.warnf(
                    "EMBER_ADMIN_PROJECT is '%s', but ids of projects usually are 32 hexadecimal digits."
                            + " Nobody administers all tenants if it is the name of a project",
                    project);
        }
    }
}
