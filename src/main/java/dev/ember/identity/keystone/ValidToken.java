package dev.ember.identity.keystone;

import dev.ember.identity.Principal;
import java.time.Instant;

/**
 * Keystone's description of a valid token.
 *
 * @param principal the user, project and roles of the token
 * @param expires the time at which the token expires
 */
record ValidToken(Principal principal, Instant expires) {}
