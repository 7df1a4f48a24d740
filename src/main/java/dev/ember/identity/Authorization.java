package dev.ember.identity;

import dev.ember.audit.AuditLog;
import dev.ember.fault.Forbidden;
import dev.ember.policy.Operation;
import dev.ember.policy.Policy;
import dev.ember.policy.Role;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
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
        this.mode = settings.identity().orElse(null);
        this.adminProject = settings.adminProject();
        this.request = request;
        this.audit = audit;
    }

    /** How callers are identified. Null if the setting is missing, until the startup fails. */
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
            case KEYSTONE, JWT -> {
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
}
