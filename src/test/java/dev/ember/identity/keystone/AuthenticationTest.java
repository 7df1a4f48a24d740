package dev.ember.identity.keystone;

import static dev.ember.identity.keystone.TestToken.Script.LATE;
import static dev.ember.identity.keystone.TestToken.Script.UNKNOWN;
import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AuthenticationTest extends KeystoneTest {

    @Test
    void acceptsAValidToken() {
        with(member)
                .contentType("application/json")
                .body(BODY)
                .post(deployments)
                .then()
                .statusCode(200)
                .body("software_deployment.config_id", equalTo("c"));
    }

    @Test
    void rejectsARequestWithoutAToken() {
        assertUnauthorized(given().get(deployments + "/x"))
                .header("X-Openstack-Request-Id", matchesPattern("req-[0-9a-f-]{36}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "gärbage"})
    void rejectsAMalformedTokenWithoutARequestToKeystone(String token) {
        assertUnauthorized(given().header("X-Auth-Token", token).get(deployments + "/x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1;a=b/", "/v1;/", "//v1/", "/v1//", "/%761/", "/./v1/", "/x/../v1/", "/v1.0;a=b/"})
    void requiresATokenOnEveryVariantOfThePath(String root) {
        Response response = given().urlEncodingEnabled(false).get(root + tenant + "/software_deployments");
        assertThat(response.statusCode(), in(List.of(401, 404)));
    }

    @Test
    void rejectsATokenThatIsTooLong() {
        assertUnauthorized(given().header("X-Auth-Token", "a".repeat(8_193)).get(deployments + "/x"));
    }

    @Test
    void rejectsAnUnknownToken() {
        assertUnauthorized(ask(UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Storage-Token", "X-Auth-User", "Authorization", "X-Project-Id", "X-Identity-Status"})
    void readsTheTokenFromXAuthTokenOnly(String header) {
        assertUnauthorized(given().header(header, member.text()).get(deployments + "/x"));
    }

    @Test
    void rejectsAValidTokenWithAnInvalidServiceToken() {
        TestToken invalid = TestToken.of(UNKNOWN, "service", "service");
        assertUnauthorized(
                with(member).header("X-Service-Token", invalid.text()).get(deployments + "/x"));
    }

    @Test
    void acceptsAValidTokenWithAValidServiceToken() {
        TestToken valid = TestToken.valid("service", "service");
        assertAdmitted(with(member).header("X-Service-Token", valid.text()).get(deployments + "/x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/t", "/v1/t/nothing", "/v1/t/software_deployments/", "/v1.0/t/software_deployments"})
    void requiresATokenBeforeItMatchesThePath(String path) {
        assertUnauthorized(given().get(path));
    }

    @Test
    void requiresATokenBeforeItChecksTheMethod() {
        assertUnauthorized(given().patch(deployments));
    }

    @Test
    void requiresATokenBeforeItReadsTheBody() {
        assertUnauthorized(json("{nonsense").post(deployments));
    }

    @Test
    void reportsAnUnknownPathBeforeAnotherTenant() {
        assertNotFound(
                with(member).get("/v1/other/nothing"),
                "HTTPNotFound",
                "No operation has this path; GET /q/openapi lists the operations");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{nonsense", ""})
    void reportsAMalformedBodyBeforeAnotherTenant(String body) {
        with(member)
                .contentType("application/json")
                .body(body)
                .post("/v1/other/software_deployments")
                .then()
                .statusCode(400);
    }

    @Test
    void reportsAnotherTenantBeforeInvalidFields() {
        with(member)
                .contentType("application/json")
                .body("{}")
                .post("/v1/other/software_deployments")
                .then()
                .statusCode(403);
    }

    @Test
    void servesHealthWithoutAToken() {
        given().get("/q/health/ready").then().statusCode(200);
    }

    @Test
    void servesTheBoardWithoutAToken() {
        given().get("/board/").then().statusCode(200);
        String module = given().get("/board/identity.js").asString();
        assertEquals("export const IDENTITY = 'keystone';\n", module);
    }

    @Test
    void readsTheBodyAfterItWaitedForKeystone() {
        with(TestToken.of(LATE, tenant, "member"))
                .contentType("application/json")
                .body(
                        """
                        {"config_id": "c", "server_id": "s", "action": "CREATE", "status_reason": "%s"}"""
                                .formatted("a".repeat(60_000)))
                .post(deployments)
                .then()
                .statusCode(200)
                .body("software_deployment.status_reason.length()", equalTo(60_000));
    }

    @Test
    void validatesATokenOnceForConcurrentRequests() {
        TestToken token = TestToken.of(LATE, tenant, "member");
        var responses = IntStream.range(0, 40)
                .mapToObj(i -> CLIENT.sendAsync(
                        HttpRequest.newBuilder(uri(deployments))
                                .header("X-Auth-Token", token.text())
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(BODY))
                                .build(),
                        BodyHandlers.ofString()))
                .toList();

        assertTrue(responses.stream()
                .map(CompletableFuture::join)
                .map(HttpResponse::statusCode)
                .allMatch(status -> status == 200));
        assertEquals(1, validations(token));
    }

    @Test
    void cachesAValidToken() {
        assertAdmitted(ask(member));
        assertAdmitted(ask(member));

        assertEquals(1, validations(member));
    }

    @Test
    void cachesARejectedToken() {
        TestToken token = TestToken.of(UNKNOWN, tenant, "member");
        assertUnauthorized(ask(token));
        assertUnauthorized(ask(token));

        assertEquals(1, validations(token));
    }

    @Test
    void cachesATokenUntilItExpires() throws InterruptedException {
        TestToken token = member.expiringIn(1);
        assertAdmitted(ask(token));
        Thread.sleep(1_100);
        assertAdmitted(ask(token));

        assertEquals(2, validations(token));
    }

    @Test
    void replacesItsServiceTokenWhenKeystoneRejectsIt() {
        assertAdmitted(ask(member));
        int issued = Integer.parseInt(keystone("issued"));
        keystone("revoke");

        assertAdmitted(ask(TestToken.valid(tenant, "reader")));
        assertEquals(issued + 1, Integer.parseInt(keystone("issued")));
    }
}
