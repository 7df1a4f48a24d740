package dev.ember.agent;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs URLs of agents independently of the service. */
final class Signatures {

    /** The key of the service in tests. */
    static final String KEY = "0123456789abcdef".repeat(4);

    private final byte[] key;

    /** @param key in hexadecimal */
    Signatures(String key) {
        this.key = HexFormat.of().parseHex(key);
    }

    String metadataPath(String tenant, String server) {
        return "/agent/v1/" + tenant + "/servers/" + server + "/metadata?signature="
                + sign("metadata", tenant + "\n" + server);
    }

    String signalPath(String tenant, String deployment, int run) {
        return "/agent/v1/" + tenant + "/software_deployments/" + deployment + "/signal?run=" + run + "&signature="
                + sign("signal", tenant + "\n" + deployment + "\n" + run);
    }

    private String sign(String purpose, String fields) {
        return HexFormat.of().formatHex(hmac(hmac(key, "ember agent 1 " + purpose), fields));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
