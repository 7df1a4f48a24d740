package dev.ember.agent;

import dev.ember.settings.KeyText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that signs URLs. Each purpose has a key of its own, so that a signature is good for one purpose only. */
final class SigningKey {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac metadata;
    private final Mac signal;

    private SigningKey(byte[] key) {
        metadata = derive(key, "metadata");
        signal = derive(key, "signal");
        // Hashes the key, so that copies need not. One block in four or five is saved for each signature.
        metadata.update(new byte[0]);
        signal.update(new byte[0]);
    }

    /**
     * Reads a key in hexadecimal or Base64.
     *
     * @throws java.util.NoSuchElementException when it is neither; the settings were validated before
     */
    static SigningKey of(String text) {
        return new SigningKey(KeyText.decode(text).orElseThrow());
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
