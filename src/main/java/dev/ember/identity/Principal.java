package dev.ember.identity;

import dev.ember.policy.Role;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotFoundException;
import java.util.Set;

/**
 * Whom a valid token is for.
 *
 * @param user the id of the user
 * @param project the id of the project that the token is for, or null: such a token is for a domain, for the whole
 *     system, or unscoped
 * @param roles the user's roles in that project, domain or system, as far as the policy knows them
 * @param service whether the role {@code service} is among them, which the services of OpenStack have
 */
public record Principal(String user, String project, Set<Role> roles, boolean service) {

    private static final String KEY = Principal.class.getName();

    /** Makes this the principal of a request. */
    public void attach(RoutingContext context) {
        context.put(KEY, this);
    }

    /**
     * The principal of a request.
     *
     * @throws NotFoundException when the request was not authenticated because its path does not literally begin with a
     *     version, such as {@code /v1;a=b/}
     */
    static Principal of(RoutingContext context) {
        if (context.get(KEY) instanceof Principal principal) {
            return principal;
        }
        throw new NotFoundException();
    }
}
