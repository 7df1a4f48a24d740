package dev.ember.identity.keystone;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.ember.HttpTest;
import dev.ember.identity.keystone.TestToken.Script;
import io.quarkus.test.common.WithTestResource;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** Tests the service with {@link ScriptedKeystone} as Keystone. */
@WithTestResource(TestKeystone.class)
public abstract class KeystoneTest extends HttpTest {

    protected static final String BODY = """
            {"config_id": "c", "server_id": "s", "action": "CREATE"}""";

    /** A token that permits every operation in the test's tenant. */
    protected final TestToken member = TestToken.valid(tenant, "member+reader");

    protected static RequestSpecification with(TestToken token) {
        return given().urlEncodingEnabled(false).header("X-Auth-Token", token.text());
    }

    /** Sends a request that a token of the tenant permits. */
    protected Response ask(TestToken token) {
        return with(token).get(deployments + "/0190163e-7a10-7000-8000-000000000000");
    }

    protected Response ask(Script script) {
        return ask(TestToken.of(script, tenant, "member"));
    }

    protected static String keystone(String path) {
        return given().get(System.getProperty(TestKeystone.ADDRESS) + "/test/" + path)
                .asString();
    }

    /** Returns how often Keystone validated a token. */
    protected static int validations(TestToken token) {
        return Integer.parseInt(keystone("validations/" + token.text()));
    }

    /** Asserts that the token was accepted: the response is 404 because no deployment has the id. */
    protected static ValidatableResponse assertAdmitted(Response response) {
        return response.then().statusCode(404).body("error.type", equalTo("NotFound"));
    }

    protected static ValidatableResponse assertUnauthorized(Response response) {
        return response.then()
                .statusCode(401)
                .contentType("application/json")
                .header("WWW-Authenticate", "Keystone uri=\"" + TestKeystone.PUBLIC_URL + "\"")
                .body(equalTo("{\"error\": {\"code\": 401, \"title\": \"Unauthorized\", \"message\":"
                        + " \"The request you have made requires authentication.\"}}"));
    }

    protected static ValidatableResponse assertUnavailable(Response response) {
        return assertUnavailable(
                response, "The identity service cannot be reached to validate the token; try again later");
    }

    protected static ValidatableResponse assertForbidden(Response response, String type, String message) {
        return assertFault(response, 403, "Forbidden", "Access was denied to this resource.", type, message);
    }
}
