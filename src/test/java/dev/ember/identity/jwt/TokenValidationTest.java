package dev.ember.identity.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ember.identity.IdentityFailure;
import dev.ember.identity.InvalidToken;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** Rotates the keys of the issuer. */
class TokenValidationTest {

    private static final String ISSUER = "https://login.example.org";
    private static final long SECOND = 1_000_000_000;

    private final Queue<Future<TokenVerifier>> responses = new ArrayDeque<>();
    private long now;
    private final TokenValidation validation = new TokenValidation(new IssuerKeys<>(responses::remove, () -> now));

    @Test
    void acceptsANewKeyWithoutARestart() {
        publish(TestKey.RSA);
        assertAccepted(TestKey.RSA);
        now += 30 * SECOND;
        publish(TestKey.RSA, TestKey.EC);
        assertAccepted(TestKey.EC);
        assertAccepted(TestKey.RSA);
    }

    @Test
    void rejectsARemovedKey() {
        publish(TestKey.RSA);
        assertAccepted(TestKey.RSA);
        now += 30 * SECOND;
        publish(TestKey.EC);
        assertAccepted(TestKey.EC);
        assertRejected(TestKey.RSA);
    }

    @Test
    void findsTheNewKeyOfATokenWithoutAKeyId() {
        publish(TestKey.RSA_384);
        TestJwt token = TestJwt.of(ISSUER, "t");
        assertInstanceOf(
                InvalidToken.class,
                validation.validate(token.signedWithoutId(TestKey.RSA)).cause());
        now += 30 * SECOND;
        publish(TestKey.RSA);
        assertEquals(
                "t",
                validation
                        .validate(token.signedWithoutId(TestKey.RSA))
                        .result()
                        .principal()
                        .project());
    }

    @Test
    void rejectsAnUnknownKeyWithoutAFetchWithin30Seconds() {
        publish(TestKey.RSA);
        assertAccepted(TestKey.RSA);
        now += 29 * SECOND;
        for (int i = 0; i < 100; i++) {
            assertRejected(TestKey.UNPUBLISHED);
        }
    }

    @Test
    void acceptsKnownKeysWhileTheIssuerIsAway() {
        publish(TestKey.RSA);
        assertAccepted(TestKey.RSA);
        now += 3_600 * SECOND;
        responses.add(Future.failedFuture(new IdentityFailure("gone")));
        assertRejected(TestKey.UNPUBLISHED);
        assertAccepted(TestKey.RSA);
    }

    @Test
    void failsIfThereNeverWereAnyKeys() {
        responses.add(Future.failedFuture(new IdentityFailure("gone")));
        String token = TestJwt.of(ISSUER, "t").signedWith(TestKey.RSA);
        assertInstanceOf(IdentityFailure.class, validation.validate(token).cause());
    }

    private void assertAccepted(TestKey key) {
        Future<?> result = validation.validate(TestJwt.of(ISSUER, "t").signedWith(key));
        assertEquals(null, result.cause());
    }

    private void assertRejected(TestKey key) {
        Future<?> result = validation.validate(TestJwt.of(ISSUER, "t").signedWith(key));
        assertEquals(
                "No key of the issuer verifies the token",
                assertInstanceOf(InvalidToken.class, result.cause()).description());
    }

    private void publish(TestKey... keys) {
        try {
            responses.add(Future.succeededFuture(new TokenVerifier(
                    new JsonWebKeySet(ScriptedIssuer.keys(keys)).getJsonWebKeys(),
                    ISSUER,
                    TestJwt.AUDIENCE,
                    new ClaimMapping(Claim.of("tenant"), Claim.of("roles"), Set.of()))));
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
