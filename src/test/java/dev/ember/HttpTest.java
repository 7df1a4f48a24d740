package dev.ember;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.openapi.DocumentedExchanges;
import io.quarkus.test.common.WithTestResource;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

/**
 * Tests the running service through HTTP. Each test has its own tenant. Each exchange is checked against the OpenAPI
 * document. The subclasses run twice: on the JVM and, as {@code *IT}, on the native binary.
 */
@WithTestResource(TestDatabase.class)
public abstract class HttpTest {

    protected static final HttpClient CLIENT = HttpClient.newHttpClient();

    static {
        RestAssured.replaceFiltersWith(new DocumentedExchanges());
    }

    protected final String tenant = "tenant-" + UUID.randomUUID();
    protected final String deployments = deploymentsOf(tenant);
    protected final String configs = configsOf(tenant);

    protected static String deploymentsOf(String tenant) {
        return "/v1/" + tenant + "/software_deployments";
    }

    protected static String configsOf(String tenant) {
        return "/v1/" + tenant + "/software_configs";
    }

    protected static RequestSpecification json(String body) {
        return given().urlEncodingEnabled(false).contentType("application/json").body(body);
    }

    protected Response create(String body) {
        return json(body).post(deployments);
    }

    /** Creates a deployment in this test's tenant, and returns its id. */
    protected String createId(String body) {
        return createId(deployments, body);
    }

    /** Creates a deployment or a config below a path, and returns its id. */
    protected static String createId(String path, String body) {
        Response created = json(body).post(path);
        assertEquals(200, created.statusCode(), created.asString());
        return created.path(path.endsWith("configs") ? "software_config.id" : "software_deployment.id");
    }

    protected static URI uri(String path) {
        return URI.create("http://localhost:" + RestAssured.port + path);
    }

    /** Sends a request that REST Assured cannot send. */
    protected static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            DocumentedExchanges.check(response);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asserts every field of a fault. */
    protected static ValidatableResponse assertFault(
            Response response, int code, String title, String explanation, String type, String message) {
        return response.then()
                .statusCode(code)
                .contentType("application/json")
                .header("X-Openstack-Request-Id", matchesPattern("req-[0-9a-f-]{36}"))
                .body("code", equalTo(code))
                .body("title", equalTo(title))
                .body("explanation", equalTo(explanation))
                .body("error.type", equalTo(type))
                .body("error.message", equalTo(message))
                .body("error.traceback", nullValue());
    }

    protected static ValidatableResponse assertBadRequest(Response response, String type, String message) {
        return assertFault(
                response,
                400,
                "Bad Request",
                "The server could not comply with the request since it is either malformed or otherwise incorrect.",
                type,
                message);
    }

    protected static ValidatableResponse assertNotFound(Response response, String type, String message) {
        return assertFault(response, 404, "Not Found", "The resource could not be found.", type, message);
    }

    protected static ValidatableResponse assertMethodNotAllowed(Response response, String methods) {
        return assertFault(
                        response,
                        405,
                        "Method Not Allowed",
                        "The server could not comply with the request since it is either malformed or otherwise incorrect.",
                        "HTTPMethodNotAllowed",
                        "This path supports only " + methods)
                .header("Allow", methods);
    }

    protected static ValidatableResponse assertUnavailable(Response response, String message) {
        return assertFault(
                        response,
                        503,
                        "Service Unavailable",
                        "The service cannot process the request at the moment.",
                        "HTTPServiceUnavailable",
                        message)
                .header("Retry-After", "2");
    }
}
