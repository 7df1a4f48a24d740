package dev.ember.agent;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that signs URLs. Each purpose has a key of its own, so that a signature is good for one purpose only. */
final class SigningKey {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_BYTES = 32;

    private final Mac metadata;
    private final Mac signal;

    private SigningKey(byte[] key) {
        metadata = derive(key, "metadata");
        signal = derive(key, "signal");
    }

    /** Reads a key in hexadecimal or Base64; empty when it is neither, or has fewer than 32 bytes. */
    static Optional<SigningKey> parse(String text) {
        return decode(text.strip()).filter(key -> key.length >= MIN_BYTES).map(SigningKey::new);
    }

    /** Text of hexadecimal digits alone is hexadecimal, although it is Base64 too. */
    private static Optional<byte[]> decode(String text) {
        try {
            return Optional.of(
                    text.matches("([0-9a-fA-F]{2})+")
                            ? HexFormat.of().parseHex(text)
                            : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The signature of a resource, in lower case. */
    String sign(AgentPath path) {
        return HexFormat.of().formatHex(hmac(copy(path.isSignal() ? signal : metadata), path.signedText()));
    }

    private static Mac derive(byte[] key, String purpose) {
        return mac(hmac(mac(key), "ember agent 1 " + purpose));
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A copy has the key already, and is used by one thread. */
    private static Mac copy(Mac mac) {
        try {
            return (Mac) mac.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(Mac mac, String text) {
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
