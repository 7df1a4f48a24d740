package dev.ember.idempotency;

import java.util.UUID;

/**
 * A resource that a request creates.
 *
 * @param id the id of the resource
 * @param body the body of the response, which is written as JSON
 */
public record Created(UUID id, Object body) {}
