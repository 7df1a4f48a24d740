package dev.ember.deployment;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;

/**
 * The request that has changed a deployment.
 *
 * @param userId the id of the user, or null for agents and without an identity
 * @param requestId the id of the request without its prefix
 */
public record Origin(String userId, UUID requestId) {

    static final String REQUEST_ID_PREFIX = "req-";

    private static final String REQUEST_ID = "X-Openstack-Request-Id";

    /** Returns the origin of changes that a request makes. */
    public static Origin of(RoutingContext context, String userId) {
        String requestId = context.response().headers().get(REQUEST_ID);
        return new Origin(userId, UUID.fromString(requestId.substring(REQUEST_ID_PREFIX.length())));
    }
}
