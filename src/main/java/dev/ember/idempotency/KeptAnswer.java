package dev.ember.idempotency;

import java.util.UUID;

/**
 * The answer to a creation, kept for clients that did not get it.
 *
 * @param fingerprint that of the request
 * @param target the id of what was created
 * @param answer the body of the response
 */
record KeptAnswer(byte[] fingerprint, UUID target, String answer) {}
