package dev.ember.idempotency;

import java.util.UUID;

/**
 * A resource that a request creates, with its response.
 *
 * @param id the id of the resource
 * @param body the response body, which is written as JSON
 */
public record Created(UUID id, Object body) {}
