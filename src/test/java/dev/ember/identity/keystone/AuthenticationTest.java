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
    void admitsAValidToken() {
        with(member)
                .contentType("application/json")
                .body(BODY)
                .post(deployments)
                .then()
                .statusCode(200)
                .body("software_deployment.config_id", equalTo("c"));
    }

    @Test
    void refusesARequestWithoutAToken() {
        assertUnauthorized(given().get(deployments + "/x"))
                .header("X-Openstack-Request-Id", matchesPattern("req-[0-9a-f-]{36}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "gar bage", "gärbage"})
    void refusesWhatCannotBeATokenWithoutAskingKeystone(String token) {
        assertUnauthorized(given().header("X-Auth-Token", token).get(deployments + "/x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1;a=b/", "/v1;/", "//v1/", "/v1//", "/%761/", "/./v1/", "/x/../v1/", "/v1.0;a=b/"})
    void servesNobodyWithoutATokenHoweverThePathIsWritten(String root) {
        Response response = given().urlEncodingEnabled(false).get(root + tenant + "/software_deployments");
        assertThat(response.statusCode(), in(List.of(401, 404)));
    }

    @Test
    void refusesATokenThatIsTooLong() {
        assertUnauthorized(given().header("X-Auth-Token", "a".repeat(8_193)).get(deployments + "/x"));
    }

    @Test
    void refusesATokenThatKeystoneDoesNotKnow() {
        assertUnauthorized(ask(UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Storage-Token", "X-Auth-User", "Authorization", "X-Project-Id", "X-Identity-Status"})
    void takesNoOtherHeaderForAToken(String header) {
        assertUnauthorized(given().header(header, member.text()).get(deployments + "/x"));
    }

    @Test
    void refusesAGoodTokenNextToABadServiceToken() {
        TestToken bad = TestToken.of(UNKNOWN, "service", "service");
        assertUnauthorized(with(member).header("X-Service-Token", bad.text()).get(deployments + "/x"));
    }

    @Test
    void admitsAGoodTokenNextToAGoodServiceToken() {
        TestToken good = TestToken.valid("service", "service");
        assertAdmitted(with(member).header("X-Service-Token", good.text()).get(deployments + "/x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/t", "/v1/t/nothing", "/v1/t/software_deployments/", "/v1.0/t/software_deployments"})
    void asksForATokenBeforeItLooksForThePath(String path) {
        assertUnauthorized(given().get(path));
    }

    @Test
    void asksForATokenBeforeItLooksAtTheMethod() {
        assertUnauthorized(given().patch(deployments));
    }

    @Test
    void asksForATokenBeforeItReadsTheBody() {
        assertUnauthorized(json("{nonsense").post(deployments));
    }

    @Test
    void saysThatThePathIsUnknownBeforeItSaysThatTheTenantIsAnother() {
        assertNotFound(
                with(member).get("/v1/other/nothing"),
                "HTTPNotFound",
                "No operation has this path; GET /q/openapi lists the operations");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{nonsense", ""})
    void saysThatTheBodyIsMalformedBeforeItSaysThatTheTenantIsAnother(String body) {
        with(member)
                .contentType("application/json")
                .body(body)
                .post("/v1/other/software_deployments")
                .then()
                .statusCode(400);
    }

    @Test
    void saysThatTheTenantIsAnotherBeforeItSaysThatFieldsAreInvalid() {
        with(member)
                .contentType("application/json")
                .body("{}")
                .post("/v1/other/software_deployments")
                .then()
                .statusCode(403);
    }

    @Test
    void needsNoTokenForHealth() {
        given().get("/q/health/ready").then().statusCode(200);
    }

    @Test
    void readsTheBodyOfARequestThatWaitedForKeystone() {
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
    void asksKeystoneOnceAboutATokenThatManyRequestsBringAtOnce() {
        TestToken token = TestToken.of(LATE, tenant, "member");
        var answers = IntStream.range(0, 40)
                .mapToObj(i -> CLIENT.sendAsync(
                        HttpRequest.newBuilder(uri(deployments))
                                .header("X-Auth-Token", token.text())
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(BODY))
                                .build(),
                        BodyHandlers.ofString()))
                .toList();

        assertTrue(answers.stream()
                .map(CompletableFuture::join)
                .map(HttpResponse::statusCode)
                .allMatch(status -> status == 200));
        assertEquals(1, validations(token));
    }

    @Test
    void remembersAValidToken() {
        assertAdmitted(ask(member));
        assertAdmitted(ask(member));

        assertEquals(1, validations(member));
    }

    @Test
    void remembersARefusedToken() {
        TestToken token = TestToken.of(UNKNOWN, tenant, "member");
        assertUnauthorized(ask(token));
        assertUnauthorized(ask(token));

        assertEquals(1, validations(token));
    }

    @Test
    void remembersATokenNoLongerThanItIsValid() throws InterruptedException {
        TestToken token = member.expiringIn(1);
        assertAdmitted(ask(token));
        Thread.sleep(1_100);
        assertAdmitted(ask(token));

        assertEquals(2, validations(token));
    }

    @Test
    void getsAnotherTokenOfItsOwnWhenKeystoneRefusesTheOneItHas() {
        assertAdmitted(ask(member));
        int issued = Integer.parseInt(keystone("issued"));
        keystone("revoke");

        assertAdmitted(ask(TestToken.valid(tenant, "reader")));
        assertEquals(issued + 1, Integer.parseInt(keystone("issued")));
    }
}
