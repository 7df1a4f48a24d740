package dev.ember.identity.keystone;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.identity.keystone.TestToken.Script;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
class KeystoneFailureTest extends KeystoneTest {

    @ParameterizedTest
    @EnumSource(
            value = Script.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {
                "VALID",
                "VALID_ONCE",
                "EXPIRED",
                "ACCESS_RULES",
                "NO_ACCESS_RULES",
                "NULL_ACCESS_RULES",
                "LATE",
                "UNKNOWN"
            })
    void respondsUnavailableIfKeystoneDoesNotValidateTheToken(Script script) {
        assertUnavailable(ask(script));
    }

    @Test
    void validatesATokenAgainAfterAFailure() {
        TestToken token = TestToken.of(Script.FAILURE, tenant, "member");
        ask(token);
        ask(token);

        assertEquals(2, validations(token));
    }

    @Test
    void followsNoRedirect() {
        assertUnavailable(ask(Script.REDIRECT));
        assertEquals("0", keystone("elsewhere"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Script.class,
            names = {"TOO_LATE", "TRICKLE"})
    void waitsForKeystoneNoLongerThanItsTimeout(Script script) {
        Instant start = Instant.now();
        assertUnavailable(ask(script));
        assertTrue(Duration.between(start, Instant.now()).toMillis() < 5_000);
    }

    @Test
    void reportsThatTheServiceHasWrongCredentials() {
        keystone("disable-user");
        try {
            assertUnavailable(
                    ask(Script.VALID),
                    "The service cannot authenticate with the identity service;"
                            + " its operator must check its credentials");
            given().get("/q/health/ready").then().statusCode(200);
        } finally {
            keystone("enable-user");
            awaitValidations();
        }
    }

    /** Waits until the service validates tokens again: it pauses before it authenticates again. */
    private void awaitValidations() {
        Instant end = Instant.now().plusSeconds(20);
        while (ask(Script.VALID).statusCode() == 503) {
            assertTrue(Instant.now().isBefore(end));
        }
    }

    @Test
    void staysReadyWhenKeystoneFails() {
        ask(Script.FAILURE);
        given().get("/q/health/ready").then().statusCode(200).body("checks.name", hasItem("Keystone credentials"));
    }
}
