package dev.ember.identity;

import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionStage;

/** Authenticates the caller of a long request again. */
public interface Authentication {

    /**
     * Returns whether the token of a request is still valid, and still has the same user, project and roles. The cache
     * of tokens applies. True if the identity mode needs no token.
     */
    CompletionStage<Boolean> isStillValid(RoutingContext context);
}
