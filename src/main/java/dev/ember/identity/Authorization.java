package dev.ember.identity;

import dev.ember.audit.AuditLog;
import dev.ember.fault.Forbidden;
import dev.ember.policy.Operation;
import dev.ember.policy.Policy;
import dev.ember.policy.Role;
import dev.ember.settings.InvalidConfiguration;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Authorizes requests: determines the caller and checks the permissions of the caller. */
@ApplicationScoped
public class Authorization {

    /** The syntax of tenant ids, as a regular expression. A path with another id gets 404. */
    public static final String TENANT = "[A-Za-z0-9_-]{1,64}";

    private static final Set<Role> TRUSTED = Set.of(Role.READER, Role.MEMBER);

    private final IdentityMode mode;
    private final Optional<String> adminProject;
    private final CurrentVertxRequest request;
    private final AuditLog audit;

    Authorization(IdentitySettings settings, CurrentVertxRequest request, AuditLog audit) {
        this.mode = settings.identity().map(Authorization::mode).orElseThrow(() -> invalid("is not set"));
        this.adminProject = settings.adminProject();
        this.request = request;
        this.audit = audit;
    }

    /** Creates this bean at startup, which validates the setting. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {}

    /** How callers are identified. */
    public IdentityMode mode() {
        return mode;
    }

    /**
     * Authorizes the current request and records it in the audit log. Every operation calls this method first.
     *
     * @param operation the operation of the request
     * @param tenantId the tenant in the path of the request
     * @return the caller, who is authorized for the operation in the tenant
     * @throws Forbidden if the caller may not act in the tenant or lacks a role
     */
    public Caller authorize(Operation operation, String tenantId) {
        return switch (mode) {
            case NONE -> {
                audit.operation(operation, null, tenantId, tenantId);
                yield new Caller(null, tenantId, TRUSTED, false);
            }
            case KEYSTONE -> {
                Principal principal = Principal.of(request.getCurrent());
                audit.operation(operation, principal.user(), principal.project(), tenantId);
                boolean administrator = isAdministrator(principal);
                if (!administrator) {
                    check(principal, operation, tenantId);
                }
                yield new Caller(principal.user(), tenantId, principal.roles(), administrator);
            }
        };
    }

    private static void check(Principal principal, Operation operation, String tenantId) {
        if (!tenantId.equals(principal.project())) {
            throw Forbidden.project();
        }
        if (!Policy.permits(principal.roles(), operation)) {
            throw Forbidden.operation(operation.policyName());
        }
    }

    /**
     * Whether the principal administers all tenants. In Heat, the admins of every project do. Here, only the admins of
     * one project do.
     */
    private boolean isAdministrator(Principal principal) {
        return principal.project() != null
                && adminProject.filter(principal.project()::equals).isPresent()
                && principal.roles().contains(Role.ADMIN);
    }

    private static IdentityMode mode(String word) {
        for (IdentityMode mode : IdentityMode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(word)) {
                return mode;
            }
        }
        throw invalid("is '" + word + "'");
    }

    private static InvalidConfiguration invalid(String reason) {
        return new InvalidConfiguration("EMBER_IDENTITY " + reason
                + ". Set EMBER_IDENTITY=keystone to have Keystone validate the token of each request, or"
                + " EMBER_IDENTITY=none to trust the tenant in the path and accept any token;"
                + " then only trusted clients must be able to reach the service.");
    }
}
