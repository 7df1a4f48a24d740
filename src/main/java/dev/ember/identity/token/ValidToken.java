package dev.ember.identity.token;

import dev.ember.identity.Principal;
import java.time.Instant;

/**
 * A valid token.
 *
 * @param principal the user, project and roles of the token
 * @param expires the time at which the token expires
 */
public record ValidToken(Principal principal, Instant expires) {}
