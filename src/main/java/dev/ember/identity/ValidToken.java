package dev.ember.identity;

import java.time.Instant;

/**
 * What Keystone says of a valid token.
 *
 * @param identity whom it is for
 * @param expires from when on it is valid no longer
 */
record ValidToken(Identity identity, Instant expires) {}
