package dev.ember.idempotency;

import java.util.UUID;

/**
 * A create with an {@code Idempotency-Key}.
 *
 * @param tenantId the tenant, among whose keys the key is unique
 * @param fingerprint identifies the request: another request must not use the key
 * @param target the id of the resource that it creates
 * @param body the body of the response
 */
public record KeyedRequest(String tenantId, String key, byte[] fingerprint, UUID target, String body) {}
