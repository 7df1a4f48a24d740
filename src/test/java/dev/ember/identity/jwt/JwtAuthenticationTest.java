package dev.ember.identity.jwt;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class JwtAuthenticationTest extends JwtTest {

    private static final String DENIED = "Access was denied to this resource.";

    private final TestJwt member = TestIssuer.token(tenant, "member");

    @ParameterizedTest
    @EnumSource(
            value = TestKey.class,
            names = {"RSA", "RSA_384", "RSA_512", "RSA_PSS", "EC", "EC_384", "ED25519"})
    void acceptsTheTokensOfTheIssuer(TestKey key) {
        with(member.signedWith(key))
                .contentType("application/json")
                .body(BODY)
                .post(deployments)
                .then()
                .statusCode(200)
                .body("software_deployment.config_id", equalTo("c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer ", "BEARER ", "Bearer   "})
    void ignoresTheCaseOfTheScheme(String scheme) {
        assertAccepted(ask(withCredentials(scheme + member.signedWith(TestKey.RSA))));
    }

    @Test
    void namesNoErrorIfThereIsNoToken() {
        String challenge = "Bearer realm=\"ember\"";
        String valid = member.signedWith(TestKey.RSA);
        assertUnauthorized(given().get(deployments + "/x"), challenge);
        assertUnauthorized(ask(withCredentials("Basic dTpw")), challenge);
        assertUnauthorized(ask(withCredentials(valid)), challenge);
        assertUnauthorized(given().header("X-Auth-Token", valid).get(deployments + "/x"), challenge);
        assertUnauthorized(given().get(deployments + "/x?access_token=" + valid), challenge);
    }

    @Test
    void rejectsAnEmptyToken() {
        assertUnauthorized(ask(withCredentials("Bearer ")), "Bearer realm=\"ember\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "two words", "gärbage", "a.b.c"})
    void rejectsAMalformedToken(String token) {
        assertInvalid(ask(with(token)), "The token is malformed");
    }

    @Test
    void rejectsATokenThatIsTooLong() {
        String token = member.with("padding", "a".repeat(11_500)).signedWith(TestKey.RSA);
        assertInvalid(ask(with(token)), "The token is malformed");
    }

    @Test
    void saysWhyATokenIsInvalid() {
        long now = Instant.now().getEpochSecond();
        assertInvalid(ask(with(member.with("iat", now - 90).with("exp", now - 60))), "The token has expired");
        assertInvalid(ask(with(TestIssuer.token(tenant).with("nbf", now + 60))), "The token is not yet valid");
        assertInvalid(ask(with(TestIssuer.token(tenant).with("exp", null))), "The token has no claim exp");
        assertInvalid(ask(with(TestIssuer.token(tenant).with("aud", "x"))), "The token is for another audience");
        assertInvalid(ask(with(TestIssuer.token(tenant).with("iss", "x"))), "The token is from another issuer");
        assertInvalid(
                ask(with(TestIssuer.token(tenant).signedWith(TestKey.UNPUBLISHED))),
                "No key of the issuer verifies the token");
        assertInvalid(ask(with(TestIssuer.token(tenant).unsigned("none"))), "No key of the issuer verifies the token");
    }

    @Test
    void cachesARejectionWithItsReason() {
        String token = member.with("aud", "x").signedWith(TestKey.RSA);
        assertInvalid(ask(with(token)), "The token is for another audience");
        assertInvalid(ask(with(token)), "The token is for another audience");
    }

    @Test
    void acceptsATokenUntilTheLeewayEnds() throws InterruptedException {
        String token = member.with("iat", null)
                .with("exp", Instant.now().getEpochSecond() - 27)
                .signedWith(TestKey.RSA);
        assertAccepted(ask(with(token)));
        Thread.sleep(4_000);
        assertInvalid(ask(with(token)), "The token has expired");
    }

    @Test
    void rejectsTheTokenOfAnotherTenant() {
        assertFault(ask(with(TestIssuer.token("other", "admin"))), 403, "Forbidden", DENIED, "HTTPForbidden", DENIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "ä", "tenant-\u0000"})
    void rejectsATokenWithoutAValidTenant(String claim) {
        ask(with(TestIssuer.token(claim, "admin"))).then().statusCode(403);
        ask(with(TestIssuer.token("t", "admin").with("tenant", null))).then().statusCode(403);
    }

    @Test
    void acceptsTheAdminsOfTheAdminTenantForEveryTenant() {
        assertAccepted(ask(with(TestIssuer.token(TestIssuer.ADMIN_TENANT, "admin"))));
        ask(with(TestIssuer.token(TestIssuer.ADMIN_TENANT, "member"))).then().statusCode(403);
    }

    @Test
    void givesATokenWithoutRolesTheDefaultRoles() {
        TestJwt token = TestIssuer.token(tenant).with("roles", null);
        assertAccepted(ask(with(token)));
        with(token)
                .contentType("application/json")
                .body(BODY)
                .post(deployments)
                .then()
                .statusCode(403)
                .body("error.message", equalTo("You are not authorized to use software_deployments:create."));
        ask(with(TestIssuer.token(tenant))).then().statusCode(403);
    }

    @Test
    void namesTheSubjectInEvents() {
        String id = with(member)
                .contentType("application/json")
                .body(BODY)
                .post(deployments)
                .path("software_deployment.id");
        with(member.with("sub", "system:serviceaccount:shop:worker"))
                .contentType("application/json")
                .body("{\"status\": \"COMPLETE\"}")
                .put(deployments + "/" + id)
                .then()
                .statusCode(200);
        with(member)
                .get(deployments + "/" + id + "/events")
                .then()
                .statusCode(200)
                .body("events.user_id", equalTo(Arrays.asList(null, "system:serviceaccount:shop:worker")));
    }

    @Test
    void isReadyWithTheKeysOfTheIssuer() {
        given().get("/q/health/ready").then().statusCode(200).body("checks.name", hasItem("Issuer keys"));
    }

    @Test
    void needsNoTokenForDiscovery() {
        given().get("/v1").then().statusCode(200);
    }
}
