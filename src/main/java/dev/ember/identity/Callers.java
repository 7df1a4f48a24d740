package dev.ember.identity;

import dev.ember.audit.AuditLog;
import dev.ember.fault.Forbidden;
import dev.ember.lifecycle.StartRefused;
import dev.ember.policy.Operation;
import dev.ember.policy.Policy;
import dev.ember.policy.Role;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells who sends a request and whether they may: the one place where a {@link Caller} is made. */
@ApplicationScoped
public class Callers {

    /** What a tenant's path component may be; any other path is not found. */
    public static final String TENANT = "[A-Za-z0-9_-]{1,64}";

    private static final Set<Role> TRUSTED = Set.of(Role.READER, Role.MEMBER);

    private final IdentityMode mode;
    private final Optional<String> adminProject;
    private final CurrentVertxRequest request;
    private final AuditLog audit;

    Callers(IdentitySettings settings, CurrentVertxRequest request, AuditLog audit) {
        this.mode = settings.identity().map(Callers::mode).orElseThrow(() -> refusal("is not set"));
        this.adminProject = settings.adminProject();
        this.request = request;
        this.audit = audit;
    }

    /** Refuses a start without a valid setting, before anything else is done. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {}

    IdentityMode mode() {
        return mode;
    }

    /**
     * The sender of the present request, who may do this in the tenant. Each operation begins with it.
     *
     * @param operation what the request asks for
     * @param tenantId the tenant that the path of the request names
     * @throws Forbidden when the sender may not; a tenant that is not theirs comes before a role that they lack
     */
    public Caller permit(Operation operation, String tenantId) {
        return switch (mode) {
            case NONE -> {
                audit.operation(operation, null, tenantId, tenantId);
                yield new Caller(null, tenantId, TRUSTED, false);
            }
            case KEYSTONE -> {
                Identity identity = Authentication.identity(request.getCurrent());
                audit.operation(operation, identity.user(), identity.project(), tenantId);
                boolean administrator = isAdministrator(identity);
                if (!administrator) {
                    check(identity, operation, tenantId);
                }
                yield new Caller(identity.user(), tenantId, identity.roles(), administrator);
            }
        };
    }

    private static void check(Identity identity, Operation operation, String tenantId) {
        if (!tenantId.equals(identity.project())) {
            throw Forbidden.project();
        }
        if (!Policy.permits(identity.roles(), operation)) {
            throw Forbidden.operation(operation.policyName());
        }
    }

    /** Keystone makes whoever has the role in any project an admin of everything; here it takes one project. */
    private boolean isAdministrator(Identity identity) {
        return identity.project() != null
                && adminProject.filter(identity.project()::equals).isPresent()
                && identity.roles().contains(Role.ADMIN);
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
                + ". Set EMBER_IDENTITY=keystone to have Keystone validate the token of each request, or"
                + " EMBER_IDENTITY=none to trust the tenant in the path and accept any token;"
                + " then only trusted clients must be able to reach the service.");
    }
}
