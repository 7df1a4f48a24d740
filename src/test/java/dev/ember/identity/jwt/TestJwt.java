package dev.ember.identity.jwt;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A token before it is signed. The claims are those of a valid one, until a test changes them. Mutable. */
final class TestJwt {

    static final String AUDIENCE = "ember";

    private final JsonObject header = new JsonObject();
    private final JsonObject claims = new JsonObject();

    private TestJwt() {}

    static TestJwt of(String issuer, String tenant, String... roles) {
        long now = Instant.now().getEpochSecond();
        return new TestJwt()
                .with("iss", issuer)
                .with("aud", AUDIENCE)
                .with("sub", "user-1")
                .with("iat", now)
                .with("exp", now + 3_600)
                .with("jti", UUID.randomUUID().toString())
                .with("tenant", tenant)
                .with("roles", new JsonArray(List.of(roles)));
    }

    /** Sets a claim, or removes it if the value is null. */
    TestJwt with(String claim, Object value) {
        set(claims, claim, value);
        return this;
    }

    /** Sets a field of the header, or removes it if the value is null. */
    TestJwt withHeader(String field, Object value) {
        set(header, field, value);
        return this;
    }

    private static void set(JsonObject object, String name, Object value) {
        if (value == null) {
            object.remove(name);
        } else {
            object.put(name, value);
        }
    }

    /** Signs the token. Its header names the key, unless the test has set {@code kid}. */
    String signedWith(TestKey key) {
        if (!header.containsKey("kid")) {
            header.put("kid", key.id());
        }
        return signedWithoutId(key);
    }

    String signedWithoutId(TestKey key) {
        header.put("alg", key.algorithm());
        String input = input();
        return input + "." + encode(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Signs the token by HMAC with the text of a public key, as an attacker would. */
    String signedWithSecret(TestKey key, byte[] secret) throws GeneralSecurityException {
        header.put("alg", "HS256").put("kid", key.id());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        String input = input();
        return input + "." + encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    }

    String unsigned(String algorithm) {
        header.put("alg", algorithm);
        return input() + ".";
    }

    private String input() {
        return encode(header) + "." + encode(claims);
    }

    private static String encode(JsonObject object) {
        return encode(object.encode().getBytes(StandardCharsets.UTF_8));
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
