package dev.ember.identity;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/**
 * Authenticates the callers of requests in one identity mode. {@code EMBER_IDENTITY} selects the implementation. There
 * is none for {@link IdentityMode#NONE}.
 */
public interface Authenticator {

    /** Begins to obtain what validations need, and retries until it is there. Called once, at startup. */
    void start();

    /**
     * Validates the token of a request. The future is already complete if the token is cached.
     *
     * @return the principal of the token; fails with {@link InvalidToken} if there is no valid token, or with
     *     {@link IdentityFailure} if it is unknown whether the token is valid
     */
    Future<Principal> authenticate(HttpServerRequest request);

    /** The value of {@code WWW-Authenticate} in the response to a request without a valid token. */
    String challenge(InvalidToken reason);
}
