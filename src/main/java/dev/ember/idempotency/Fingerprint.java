package dev.ember.idempotency;

import dev.ember.json.JsonBody;
import dev.ember.policy.Operation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Tells whether two requests ask for the same. */
final class Fingerprint {

    private Fingerprint() {}

    /** SHA-256 of the operation and the bytes of the body; whatever differs in them is another request. */
    static byte[] of(Operation operation, JsonBody body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(operation.policyName().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return digest.digest(body.bytes());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
