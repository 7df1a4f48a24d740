package dev.ember.pipeline;

import static dev.ember.identity.keystone.TestToken.Script.UNKNOWN;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.ember.identity.keystone.KeystoneTest;
import dev.ember.identity.keystone.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of browser scripts from other origins. */
@QuarkusTest
@TestProfile(CorsTest.Profile.class)
class CorsTest extends KeystoneTest {

    private static final String CONSOLE = "https://console.example.org";
    private static final String DEVELOPER = "http://localhost:3000";

    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("ember.cors-origins", CONSOLE + ", " + DEVELOPER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CONSOLE, DEVELOPER})
    void permitsAPreflightRequestWithoutAToken(String origin) {
        for (String method : new String[] {"GET", "POST", "PUT", "DELETE"}) {
            preflight(origin, method)
                    .options(deployments + "/x")
                    .then()
                    .statusCode(204)
                    .header("Access-Control-Allow-Origin", origin)
                    .header("Access-Control-Allow-Methods", "DELETE, GET, HEAD, POST, PUT")
                    .header(
                            "Access-Control-Allow-Headers",
                            "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Prefer, X-Auth-Token")
                    .header("Access-Control-Max-Age", "600")
                    .header("Access-Control-Allow-Credentials", nullValue())
                    .header("X-Openstack-Request-Id", matchesPattern("req-[0-9a-f-]{36}"))
                    .header("Vary", "origin")
                    .body(emptyString());
        }
    }

    @Test
    void countsPreflightRequestsUnderOneLabel() {
        given().header("Origin", CONSOLE)
                .header("Access-Control-Request-Method", "DELETE")
                .options("/v1/" + tenant + "/nonesuch")
                .then()
                .statusCode(204);
        preflight(CONSOLE, "GET").options("/v1/" + tenant + "/nonesuch");
        given().get("/q/metrics")
                .then()
                .body(containsString("uri=\"/cors-preflight\""))
                .body(not(containsString(tenant + "/nonesuch")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://other.example.org",
                "http://console.example.org",
                "https://console.example.org:8443",
                "https://console.example.org.evil.org",
                "https://CONSOLE.example.org",
                "http://localhost:3001",
                "null",
                "*"
            })
    void sharesNothingWithAnotherOrigin(String origin) {
        assertNotShared(preflight(origin, "GET").options(deployments)).statusCode(401);
        assertNotShared(with(member).header("Origin", origin).get(deployments)).statusCode(200);
    }

    @Test
    void requiresATokenForOptionsOtherThanPreflight() {
        assertUnauthorized(given().header("Origin", CONSOLE).options(deployments));
        with(member).options(deployments).then().statusCode(204).header("Allow", "GET, HEAD, OPTIONS, POST");
    }

    @Test
    void sharesResponses() {
        Response created =
                from(CONSOLE).contentType("application/json").body(BODY).post(deployments);
        assertShared(created).statusCode(200);
        String deployment = deployments + "/" + created.path("software_deployment.id");
        assertShared(from(CONSOLE).get(deployments)).statusCode(200);
        String tag = assertShared(from(CONSOLE).get(deployment))
                .statusCode(200)
                .extract()
                .header("ETag");
        assertShared(from(CONSOLE).header("If-None-Match", tag).get(deployment)).statusCode(304);
        assertShared(from(CONSOLE).delete(deployment)).statusCode(204);
        assertShared(from(CONSOLE).get("/versions")).statusCode(300);
    }

    @Test
    void sharesFaults() {
        assertShared(from(CONSOLE).get(deployments + "/x")).statusCode(404);
        assertShared(from(CONSOLE).get("/v1/" + tenant + "/nonesuch")).statusCode(404);
        assertShared(from(CONSOLE).patch(deployments)).statusCode(405);
        assertShared(from(CONSOLE).contentType("application/json").body("{").post(deployments))
                .statusCode(400);
        assertShared(from(CONSOLE).contentType("application/xml").body("{}").post(deployments))
                .statusCode(415);
        assertShared(from(CONSOLE)
                        .contentType("application/json")
                        .body("x".repeat(1_048_577))
                        .post(deployments))
                .statusCode(413);
        assertShared(from(CONSOLE).get(deploymentsOf("other"))).statusCode(403);
    }

    @Test
    void sharesTheResponseToAMissingOrUnknownToken() {
        assertShared(given().header("Origin", CONSOLE).get(deployments)).statusCode(401);
        assertShared(with(TestToken.of(UNKNOWN, tenant, "member"))
                        .header("Origin", CONSOLE)
                        .get(deployments))
                .statusCode(401);
    }

    @Test
    void variesByOrigin() {
        assertNotShared(with(member).get(deployments)).header("Vary", "origin");
    }

    @Test
    void doesNotShareMetricsAndHealth() {
        for (String path : new String[] {"/q/metrics", "/q/health/ready"}) {
            given().header("Origin", CONSOLE)
                    .get(path)
                    .then()
                    .statusCode(200)
                    .header("Access-Control-Allow-Origin", nullValue());
        }
    }

    private RequestSpecification from(String origin) {
        return with(member).header("Origin", origin);
    }

    private static RequestSpecification preflight(String origin, String method) {
        return given().header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "content-type,x-auth-token");
    }

    private static ValidatableResponse assertShared(Response response) {
        return response.then()
                .header("Access-Control-Allow-Origin", CONSOLE)
                .header(
                        "Access-Control-Expose-Headers",
                        "ETag, Idempotency-Replayed, Preference-Applied, Retry-After, X-Openstack-Request-Id")
                .header("Vary", equalTo("origin"));
    }

    private static ValidatableResponse assertNotShared(Response response) {
        return response.then()
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Access-Control-Expose-Headers", nullValue());
    }
}
