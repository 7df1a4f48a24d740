package dev.ember.idempotency;

import java.util.UUID;

/**
 * The stored response to a create, for clients that did not receive it.
 *
 * @param target the id of the created resource
 * @param body the response body; null when the key belongs to a different request
 */
public record StoredResponse(UUID target, String body) {}
