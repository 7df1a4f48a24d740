package dev.ember.identity.jwt;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.ember.HttpTest;
import io.quarkus.test.common.WithTestResource;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** Tests the service with {@link ScriptedIssuer} as the issuer of tokens. */
@WithTestResource(TestIssuer.class)
abstract class JwtTest extends HttpTest {

    static final String BODY = """
            {"config_id": "c", "server_id": "s", "action": "CREATE"}""";

    static RequestSpecification withCredentials(String credentials) {
        return given().urlEncodingEnabled(false).header("Authorization", credentials);
    }

    static RequestSpecification with(TestJwt token) {
        return with(token.signedWith(TestKey.RSA));
    }

    static RequestSpecification with(String token) {
        return withCredentials("Bearer " + token);
    }

    /** Sends a request that a token of the tenant permits. */
    Response ask(RequestSpecification caller) {
        return caller.get(deployments + "/0190163e-7a10-7000-8000-000000000000");
    }

    /** Asserts that the token was accepted: the response is 404 because no deployment has the id. */
    static ValidatableResponse assertAccepted(Response response) {
        return response.then().statusCode(404).body("error.type", equalTo("NotFound"));
    }

    static ValidatableResponse assertUnauthorized(Response response, String challenge) {
        return response.then()
                .statusCode(401)
                .contentType("application/json")
                .header("WWW-Authenticate", challenge)
                .body(equalTo("{\"error\": {\"code\": 401, \"title\": \"Unauthorized\", \"message\":"
                        + " \"The request you have made requires authentication.\"}}"));
    }

    static ValidatableResponse assertInvalid(Response response, String description) {
        return assertUnauthorized(
                response, "Bearer realm=\"ember\", error=\"invalid_token\", error_description=\"" + description + "\"");
    }
}
