package dev.ember.idempotency;

import java.util.UUID;

/**
 * What came of a creation.
 *
 * @param id the id of the new thing
 * @param answer the body of the response, to be written as JSON
 */
public record Created(UUID id, Object answer) {}
