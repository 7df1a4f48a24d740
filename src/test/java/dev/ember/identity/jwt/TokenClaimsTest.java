package dev.ember.identity.jwt;

import static dev.ember.identity.jwt.TokenVerifierTest.ISSUER;
import static dev.ember.identity.jwt.TokenVerifierTest.VERIFIER;
import static dev.ember.identity.jwt.TokenVerifierTest.assertRejected;
import static dev.ember.identity.jwt.TokenVerifierTest.inSeconds;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ember.identity.InvalidToken;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The claims that each token must have, whatever its signature. */
class TokenClaimsTest {

    private final TestJwt token = TestJwt.of(ISSUER, "tenant-1", "member");

    @ParameterizedTest
    @CsvSource({"http://login.example.org", "https://login.example.org/", "https://LOGIN.example.org", "''"})
    void rejectsOtherIssuers(String issuer) {
        assertRejected(
                "The token is from another issuer", token.with("iss", issuer).signedWith(TestKey.RSA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ember", "ember2", "", "ember other"})
    void rejectsOtherAudiences(String audience) {
        assertRejected(
                "The token is for another audience", token.with("aud", audience).signedWith(TestKey.RSA));
        assertRejected(
                "The token is for another audience",
                token.with("aud", new JsonArray(List.of(audience, "x"))).signedWith(TestKey.RSA));
    }

    @Test
    void acceptsAnAudienceInAnArray() throws Exception {
        VERIFIER.verify(
                token.with("aud", new JsonArray(List.of("other", "ember"))).signedWith(TestKey.RSA));
    }

    @ParameterizedTest
    @CsvSource({
        "iss, The token is from another issuer",
        "aud, The token is for another audience",
        "exp, The token has no claim exp",
        "sub, The claim sub must be 1 to 255 printable characters"
    })
    void rejectsTokensWithoutAClaim(String claim, String reason) {
        assertRejected(reason, token.with(claim, null).signedWith(TestKey.RSA));
    }

    /** With a leeway of 30 s. */
    @ParameterizedTest
    @CsvSource({"exp, -31, The token has expired", "nbf, 35, The token is not yet valid"})
    void rejectsTokensOutsideOfTheirTime(String claim, long seconds, String reason) {
        assertRejected(
                reason, token.with("iat", null).with(claim, inSeconds(seconds)).signedWith(TestKey.RSA));
    }

    @ParameterizedTest
    @CsvSource({"exp, -25", "nbf, 29"})
    void acceptsTokensWithinTheLeeway(String claim, long seconds) throws Exception {
        VERIFIER.verify(token.with("iat", inSeconds(-60))
                .with(claim, inSeconds(seconds))
                .signedWith(TestKey.RSA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "nbf", "iss", "aud", "sub"})
    void rejectsClaimsOfAnotherType(String claim) {
        String signed = token.with(claim, new JsonObject(Map.of("a", 1))).signedWith(TestKey.RSA);
        assertThrows(InvalidToken.class, () -> VERIFIER.verify(signed));
    }
}
