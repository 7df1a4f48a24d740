package dev.ember.discovery;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DiscoveryTest extends HttpTest {

    private static final String VERSION =
            """
            {"id":"v1.0","status":"CURRENT","links":[{"rel":"self","href":"%s/v1/"}]}""";

    @ParameterizedTest
    @ValueSource(strings = {"/", "/versions", ""})
    void listsTheVersions(String path) {
        Response response = given().get(uri(path));
        response.then().statusCode(300).contentType("application/json");
        assertEquals("{\"versions\":[" + VERSION.formatted(root("http")) + "]}", response.asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1/", "/v1.0", "/v1.0/"})
    void showsTheVersion(String path) {
        Response response = given().get(uri(path));
        response.then().statusCode(200).contentType("application/json");
        assertEquals("{\"version\":" + VERSION.formatted(root("http")) + "}", response.asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/versions", "/v1", "/v1/", "/v1.0/", "/healthcheck"})
    void respondsToHeadLikeGet(String path) {
        int status = given().get(uri(path)).statusCode();
        given().head(uri(path)).then().statusCode(status).body(emptyString());
    }

    @ParameterizedTest
    @CsvSource({"https, https", "http, http", "gopher, http", "HTTPS, http"})
    void usesTheSchemeOfXForwardedProto(String forwarded, String scheme) {
        Response response = given().header("X-Forwarded-Proto", forwarded).get(uri("/v1"));
        assertEquals("{\"version\":" + VERSION.formatted(root(scheme)) + "}", response.asString());
    }

    @ParameterizedTest
    @CsvSource({"ember.example, ember.example", "ember.example:8080, ember.example:8080", "[::1]:8080, [::1]:8080"})
    void buildsLinksFromTheHostHeader(String host, String authority) throws IOException {
        String response = raw("GET /v1 HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        assertTrue(response.contains("\"href\":\"http://" + authority + "/v1/\""), response);
    }

    @Test
    void buildsLinksWithoutAHostIfTheHostHeaderIsMissing() throws IOException {
        String response = raw("GET / HTTP/1.0\r\n\r\n");
        assertTrue(response.matches("(?s)HTTP/1.[01] 300 .*"), response);
        assertTrue(response.endsWith("{\"versions\":[" + VERSION.formatted("") + "]}"), response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a:b:c", "a/b", "<x>", "a:99999999"})
    void rejectsAMalformedHost(String host) throws IOException {
        String response = raw("GET /v1 HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        assertTrue(response.startsWith("HTTP/1.1 400 "), response);
        assertTrue(
                response.endsWith(
                        """
                        {"code":400,"title":"Bad Request","explanation":"The server could not comply with the request \
                        since it is either malformed or otherwise incorrect.","error":{"type":"HTTPBadRequest",\
                        "message":"The Host header is missing or malformed","traceback":null}}"""),
                response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/versions/", "/v2", "/v1.1/", "/V1", "/healthcheck/", "/v1.0x"})
    void respondsNotFoundAtOtherPaths(String path) {
        assertNotFound(
                given().urlEncodingEnabled(false).get(uri(path)),
                "HTTPNotFound",
                "No operation has this path; GET /q/openapi lists the operations");
    }

    @Test
    void doesNotReadTheVersionFromAccept() {
        assertNotFound(
                given().accept("application/vnd.openstack.orchestration-v1").get(uri("/t/software_configs")),
                "HTTPNotFound",
                "No operation has this path; GET /q/openapi lists the operations");
    }

    @Test
    void servesTheHealthCheckWithoutAToken() {
        Response response = given().get("/healthcheck");
        response.then().statusCode(200).contentType("application/json");
        assertEquals("{\"detailed\":false,\"reasons\":[]}", response.asString());
    }

    @Test
    void returnsTheRunningBuild() {
        given().get("/v1/" + tenant + "/build_info")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("size()", equalTo(2))
                .body("api.revision", not(emptyString()))
                .body("api.revision", matchesPattern("[0-9].*"))
                .body("engine.revision", matchesPattern("[0-9].*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/software_deployments", "/software_configs", "/build_info"})
    void acceptsTheMinorVersionInThePath(String path) {
        given().get("/v1.0/" + tenant + path).then().statusCode(200);
    }

    @Test
    void supportsEveryDeploymentOperationWithTheMinorVersion() {
        String below = deployments.replace("/v1/", "/v1.0/");
        String id = createId(below, "{\"config_id\": \"c\", \"server_id\": \"a b\", \"action\": \"a\"}");
        json("{\"status\": \"FAILED\"}").put(below + "/" + id).then().statusCode(200);
        given().queryParam("server_id", "a b")
                .queryParam("status", "FAILED")
                .get(below)
                .then()
                .body("software_deployments.id", equalTo(List.of(id)));
        given().get(below + "/metadata/a%20b").then().statusCode(200);
        given().delete(below + "/" + id).then().statusCode(204);
    }

    private static String root(String scheme) {
        return scheme + "://localhost:" + RestAssured.port;
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
