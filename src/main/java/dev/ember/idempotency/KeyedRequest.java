package dev.ember.idempotency;

import java.util.UUID;

/**
 * A create with an {@code Idempotency-Key}.
 *
 * @param tenantId the tenant; keys are unique within a tenant
 * @param fingerprint identifies the request, because a different request must not use the same key
 * @param target the id of the resource to create
 * @param body the response body
 */
public record KeyedRequest(String tenantId, String key, byte[] fingerprint, UUID target, String body) {}
