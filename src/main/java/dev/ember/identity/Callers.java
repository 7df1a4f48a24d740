package dev.ember.identity;

import dev.ember.lifecycle.StartRefused;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Locale;
import java.util.Set;

/** Tells who sends a request: the one place where a {@link Caller} is made. */
@ApplicationScoped
public class Callers {

    /** What a tenant's path component may be; any other path is not found. */
    public static final String TENANT = "[A-Za-z0-9_-]{1,64}";

    private static final Set<String> ROLES = Set.of("member", "reader");

    private final IdentityMode mode;

    Callers(IdentitySettings settings) {
        mode = settings.identity().map(Callers::mode).orElseThrow(() -> refusal("is not set"));
    }

    /** Refuses a start without a valid setting, before anything else is done. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {}

    /**
     * The sender of the present request.
     *
     * @param tenantId the tenant that the path of the request names
     */
    public Caller in(String tenantId) {
        return switch (mode) {
            case NONE -> new Caller(tenantId, ROLES);
        };
    }

    private static IdentityMode mode(String word) {
        for (IdentityMode mode : IdentityMode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(word)) {
                return mode;
            }
        }
        throw refusal("is '" + word + "'");
    }

    private static StartRefused refusal(String reason) {
        return new StartRefused("EMBER_IDENTITY " + reason
                + ". Set EMBER_IDENTITY=none to trust the tenant in the path and accept any token;"
                + " then only trusted clients must be able to reach the service.");
    }
}
