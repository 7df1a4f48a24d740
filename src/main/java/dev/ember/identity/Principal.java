package dev.ember.identity;

import dev.ember.policy.Role;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotFoundException;
import java.util.Set;

/**
 * The user, project and roles of a valid token.
 *
 * @param user the id of the user
 * @param project the id of the project of the token; null if the scope of the token is a domain or the whole system, or
 *     if it is unscoped
 * @param roles the user's roles in that project, domain or system that the policy uses
 * @param service whether the user has the role {@code service}, as the services of OpenStack do
 */
public record Principal(String user, String project, Set<Role> roles, boolean service) {

    private static final String KEY = Principal.class.getName();

    /** Makes this the principal of a request. */
    public void attach(RoutingContext context) {
        context.put(KEY, this);
    }

    /** Returns whether this is the principal of a request. */
    public boolean isAttachedTo(RoutingContext context) {
        return equals(context.get(KEY));
    }

    /**
     * The principal of a request.
     *
     * @throws NotFoundException if the request was not authenticated because its path does not literally begin with a
     *     version, such as {@code /v1;a=b/}
     */
    static Principal of(RoutingContext context) {
        if (context.get(KEY) instanceof Principal principal) {
            return principal;
        }
        throw new NotFoundException();
    }
}
