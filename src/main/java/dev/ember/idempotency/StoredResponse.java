package dev.ember.idempotency;

import java.util.UUID;

/**
 * The response to a create, stored for clients that did not get it.
 *
 * @param target the id of the resource that was created
 * @param body the body of the response; null when another request has the key
 */
public record StoredResponse(UUID target, String body) {}
