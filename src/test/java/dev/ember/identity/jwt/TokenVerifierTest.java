package dev.ember.identity.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.identity.InvalidToken;
import dev.ember.identity.Principal;
import dev.ember.identity.token.ValidToken;
import dev.ember.policy.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKeySet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

    static final String ISSUER = "https://login.example.org";
    static final TokenVerifier VERIFIER = verifier(
            TestKey.RSA.jwk(),
            TestKey.RSA_384.jwk(),
            TestKey.RSA_512.jwk(),
            TestKey.RSA_PSS.jwk(),
            TestKey.EC.jwk(),
            TestKey.EC_384.jwk(),
            TestKey.ED25519.jwk(),
            TestKey.RSA_1024.jwk(),
            TestKey.EC_521.jwk());

    private final TestJwt token = TestJwt.of(ISSUER, "tenant-1", "member");

    @ParameterizedTest
    @EnumSource(
            value = TestKey.class,
            names = {"RSA", "RSA_384", "RSA_512", "RSA_PSS", "EC", "EC_384", "ED25519"})
    void acceptsPermittedAlgorithms(TestKey key) throws Exception {
        ValidToken valid = VERIFIER.verify(token.signedWith(key));
        assertEquals(new Principal("user-1", "tenant-1", Set.of(Role.MEMBER), false), valid.principal());
    }

    @Test
    void returnsTheExpiry() throws Exception {
        long expiry = Instant.now().getEpochSecond() + 60;
        assertEquals(
                Instant.ofEpochSecond(expiry),
                VERIFIER.verify(token.with("exp", expiry).signedWith(TestKey.RSA))
                        .expires());
    }

    @Test
    void acceptsAnExpiryInTheFarFuture() throws Exception {
        assertEquals(
                Instant.MAX.getEpochSecond(),
                VERIFIER.verify(token.with("exp", Long.MAX_VALUE).signedWith(TestKey.RSA))
                        .expires()
                        .getEpochSecond());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", ""})
    void rejectsTokensWithoutASignature(String algorithm) {
        assertNoKey(token.unsigned(algorithm));
        assertNoKey(token.withHeader("kid", TestKey.RSA.id()).unsigned(algorithm));
    }

    @ParameterizedTest
    @EnumSource(
            value = TestKey.class,
            names = {"RSA", "EC"})
    void rejectsHmacWithAPublicKey(TestKey key) throws Exception {
        byte[] der = key.pair().getPublic().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
        for (byte[] secret :
                List.of(der, pem.getBytes(StandardCharsets.US_ASCII), key.jwk().getBytes(StandardCharsets.US_ASCII))) {
            assertNoKey(token.signedWithSecret(key, secret));
        }
    }

    @Test
    void rejectsHmacWithAKeyThatTheIssuerPublishes() throws Exception {
        byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        String key =
                new JsonObject(Map.of("kty", "oct", "kid", TestKey.RSA.id(), "k", TestJwt.encode(secret))).encode();
        TokenVerifier verifier = verifier(key);
        String signed = token.signedWithSecret(TestKey.RSA, secret);
        assertEquals(
                "The token is malformed",
                assertThrows(InvalidToken.class, () -> verifier.verify(signed)).description());
    }

    @ParameterizedTest
    @EnumSource(
            value = TestKey.class,
            names = {"RSA_1024", "EC_521"})
    void rejectsShortKeysAndOtherAlgorithms(TestKey key) {
        assertRejected("The token is malformed", token.signedWith(key));
    }

    @Test
    void rejectsAnAlteredToken() {
        String valid = token.signedWith(TestKey.RSA);
        String[] parts = valid.split("\\.");
        String other =
                TestJwt.of(ISSUER, "tenant-2", "admin").signedWith(TestKey.RSA).split("\\.")[1];
        assertNoKey(parts[0] + "." + other + "." + parts[2]);
        assertNoKey(parts[0] + "." + parts[1] + ".=");
        assertNoKey(parts[0] + "." + parts[1] + "." + parts[2].repeat(3));
    }

    @Test
    void rejectsAKeyOfAnotherTypeWithTheSameId() {
        assertNoKey(token.withHeader("kid", TestKey.RSA.id()).signedWith(TestKey.EC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "../../../../dev/null", "/etc/passwd", "' or 1=1 --", "http://127.0.0.1:1/key"})
    void rejectsUnknownKeyIds(String id) {
        assertNoKey(token.withHeader("kid", id).signedWith(TestKey.UNPUBLISHED));
        assertNoKey(token.withHeader("kid", id).signedWith(TestKey.RSA));
    }

    @Test
    void triesEachKeyForATokenWithoutAKeyId() throws Exception {
        TokenVerifier verifier = verifier(TestKey.RSA_384.jwk("a"), TestKey.UNPUBLISHED.jwk("b"), TestKey.RSA.jwk("c"));
        verifier.verify(token.signedWithoutId(TestKey.RSA));
        verifier.verify(token.signedWithoutId(TestKey.UNPUBLISHED));
        assertNoKey(token.signedWithoutId(TestKey.UNPUBLISHED));
    }

    @Test
    void triesBothKeysWithOneId() throws Exception {
        TokenVerifier verifier = verifier(TestKey.UNPUBLISHED.jwk("a"), TestKey.RSA.jwk("a"));
        verifier.verify(token.withHeader("kid", "a").signedWith(TestKey.RSA));
        verifier.verify(token.withHeader("kid", "a").signedWith(TestKey.UNPUBLISHED));
        String other = token.withHeader("alg", "RS256").signedWith(TestKey.RSA);
        assertThrows(UnknownKey.class, () -> verifier.verify(other.substring(0, other.length() - 8) + "AAAAAAAA"));
    }

    @Test
    void rejectsAnEncryptionKey() {
        String key = TestKey.RSA.jwk().replace("\"sig\"", "\"enc\"");
        String signed = token.signedWith(TestKey.RSA);
        assertThrows(UnknownKey.class, () -> verifier(key).verify(signed));
    }

    @Test
    void ignoresKeysInTheHeader() {
        token.withHeader("jwk", new JsonObject(TestKey.UNPUBLISHED.jwk()));
        assertNoKey(token.signedWith(TestKey.UNPUBLISHED));
        assertNoKey(token.signedWithoutId(TestKey.UNPUBLISHED));
        assertNoKey(token.withHeader("kid", TestKey.RSA.id()).signedWith(TestKey.UNPUBLISHED));
    }

    @Test
    void rejectsUnknownCriticalHeaders() {
        assertRejected(
                "The token is malformed",
                token.withHeader("crit", new JsonArray(List.of("policy")))
                        .withHeader("policy", "p")
                        .signedWith(TestKey.RSA));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void rejectsMalformedTokens(String text) {
        assertRejected("The token is malformed", text);
    }

    static Stream<String> malformed() {
        String valid = TestJwt.of(ISSUER, "t").signedWith(TestKey.RSA);
        String[] parts = valid.split("\\.");
        String deep = encode("[".repeat(3_000) + "]".repeat(3_000));
        return Stream.of(
                "a",
                "a.b",
                "a.b.c",
                "..",
                ".....",
                parts[0] + "." + parts[1],
                valid + ".",
                valid + "." + parts[0] + "." + parts[0],
                "bnVsbA." + parts[1] + "." + parts[2],
                deep + "." + parts[1] + "." + parts[2],
                parts[0] + "." + deep + "." + parts[2]);
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void rejectsInvalidClaimsWithAValidSignature(String payload) {
        String header = "{\"alg\":\"RS256\",\"kid\":\"" + TestKey.RSA.id() + "\"}";
        String input = encode(header) + "." + encode(payload);
        String signed = input + "." + TestJwt.encode(TestKey.RSA.sign(input.getBytes(StandardCharsets.US_ASCII)));
        assertRejected("The token is malformed", signed);
    }

    static Stream<String> payloads() {
        String deep = "[".repeat(1_100) + "]".repeat(1_100);
        String claims = "{\"iss\":\"" + ISSUER + "\",\"aud\":\"ember\",\"sub\":\"s\",\"exp\":" + inSeconds(60);
        return Stream.of("[]", "null", "1", "{", "", claims + ",\"sub\":\"t\"}", claims + ",\"tenant\":" + deep + "}");
    }

    @Test
    void rejectsAnEncryptedToken() {
        String header = encode("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}");
        assertThrows(
                InvalidToken.class, () -> VERIFIER.verify(header + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA"));
    }

    @Test
    void neverRevealsPartsOfTheToken() {
        for (String claim : List.of("iss", "aud", "sub", "tenant", "exp")) {
            InvalidToken invalid = assertThrows(
                    InvalidToken.class,
                    () -> VERIFIER.verify(TestJwt.of(ISSUER, "t")
                            .with("exp", 1)
                            .with(claim, "private-value")
                            .signedWith(TestKey.RSA)));
            assertTrue(invalid.description().matches("[A-Za-z0-9 ]+"), invalid.description());
            assertTrue(!invalid.description().contains("private"), invalid.description());
            assertEquals("The token is invalid", invalid.getMessage());
        }
    }

    private static String encode(String text) {
        return TestJwt.encode(text.getBytes(StandardCharsets.US_ASCII));
    }

    static long inSeconds(long seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }

    static void assertRejected(String reason, String signed) {
        assertEquals(
                reason,
                assertThrows(InvalidToken.class, () -> VERIFIER.verify(signed)).description());
    }

    private static void assertNoKey(String signed) {
        assertThrows(UnknownKey.class, () -> VERIFIER.verify(signed));
    }

    private static TokenVerifier verifier(String... keys) {
        try {
            return new TokenVerifier(
                    new JsonWebKeySet(Arrays.stream(keys).collect(Collectors.joining(",", "{\"keys\": [", "]}")))
                            .getJsonWebKeys(),
                    ISSUER,
                    TestJwt.AUDIENCE,
                    new ClaimMapping(Claim.of("tenant"), Claim.of("roles"), Set.of()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
