package dev.ember.idempotency;

import dev.ember.json.JsonBody;
import dev.ember.policy.Operation;
import dev.ember.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Computes a fingerprint that identifies equal requests. */
final class Fingerprint {

    private Fingerprint() {}

    /**
     * Returns the SHA-256 of the operation and the bytes of the body. Requests that differ in either are different
     * requests.
     */
    static byte[] of(Operation operation, JsonBody body) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(operation.policyName().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return digest.digest(body.bytes());
    }
}
