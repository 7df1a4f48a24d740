package dev.ember.identity.keystone;

import dev.ember.identity.Principal;
import java.time.Instant;

/**
 * What Keystone says of a valid token.
 *
 * @param identity whom it is for
 * @param expires from when on it is valid no longer
 */
record ValidToken(Principal identity, Instant expires) {}
