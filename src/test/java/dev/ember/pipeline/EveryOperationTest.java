package dev.ember.pipeline;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ember.HttpTest;
import dev.ember.pipeline.framing.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Behaviour that all operations have in common. */
@QuarkusTest
class EveryOperationTest extends HttpTest {

    private static final String BODY = """
            {"config_id": "c", "server_id": "s", "action": "a"}""";
    private static final String NO_PATH = "No operation has this path; GET /q/openapi lists the operations";

    private String deployment;

    @BeforeEach
    void createDeployment() {
        deployment = createId(BODY);
    }

    static Stream<Arguments> operationsWithInvalidBodies() {
        Map<String, String> bodies = Map.of(
                "",
                "The body is empty; it must be a JSON object",
                "[]",
                "The body must be a JSON object",
                "null",
                "The body must be a JSON object",
                "\"text\"",
                "The body must be a JSON object",
                "{\"a\":",
                "The body is not JSON: unexpected end of input",
                "{\"a\": NaN}",
                "The body is not JSON: line 1, column 10",
                "{'a': 1}",
                "The body is not JSON: line 1, column 2",
                "{} {}",
                "The body is not JSON: line 1, column 4",
                "{\"a\":".repeat(2_000),
                "The body exceeds a limit: at most 1000 levels of nesting, 1000 characters in a number, and 100000 JSON tokens");
        return operationsWithABody().flatMap(operation -> bodies.entrySet().stream()
                .map(body -> arguments(operation[0], operation[1], body.getKey(), body.getValue())));
    }

    @Test
    void sharesNothingWithOtherOriginsByDefault() {
        given().header("Origin", "https://console.example.org")
                .get(deployments)
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Vary", nullValue());
        given().header("Origin", "https://console.example.org")
                .header("Access-Control-Request-Method", "POST")
                .options(deployments)
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Allow", "GET, HEAD, OPTIONS, POST");
    }

    static Stream<String[]> operationsWithABody() {
        return Stream.of(
                new String[] {"POST", "/software_deployments"},
                new String[] {"PUT", "/software_deployments/{id}"},
                new String[] {"POST", "/software_configs"},
                new String[] {"POST", "/validate"});
    }

    @ParameterizedTest
    @MethodSource("operationsWithInvalidBodies")
    void rejectsABodyThatIsNotAJsonObject(String method, String path, String body, String message) {
        assertBadRequest(json(body).request(method, at(path)), "HTTPBadRequest", message);
    }

    @ParameterizedTest
    @MethodSource("operationsWithABody")
    void rejectsABodyThatIsNotUtf8(String method, String path) {
        json("").body("{\"name\": \"é\", \"status_reason\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1))
                .request(method, at(path))
                .then()
                .statusCode(400)
                .body("error.type", equalTo("HTTPBadRequest"));
    }

    @ParameterizedTest
    @MethodSource("operationsWithABody")
    void rejectsABodyThatIsTooLarge(String method, String path) {
        assertFault(
                json("{\"a\": \"%s\"}".formatted("x".repeat(1_048_576))).request(method, at(path)),
                413,
                "Request Entity Too Large",
                "The request body is larger than the service accepts.",
                "RequestLimitExceeded",
                "Request limit exceeded: JSON body size exceeds maximum allowed size (1048576 bytes).");
    }

    @ParameterizedTest
    @MethodSource("operationsWithABody")
    void rejectsOtherContentTypes(String method, String path) {
        for (String type : new String[] {"application/xml", "application/x-www-form-urlencoded", "text/html", "x/"}) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri(at(path)))
                    .header("Content-Type", type)
                    .method(method, BodyPublishers.ofString(BODY));
            assertEquals(415, send(request).statusCode(), type);
        }
    }

    @ParameterizedTest
    @MethodSource("operationsWithABody")
    void acceptsJsonUnderEachSupportedContentType(String method, String path) {
        for (String type : new String[] {"Application/JSON; charset=x", "text/plain", "JSON", ""}) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri(at(path)))
                    .header("Content-Type", type)
                    .method(method, BodyPublishers.ofString(" \n" + BODY));
            assertEquals(200, send(request).statusCode(), type);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/software_deployments                | PUT DELETE PATCH FOO | GET, HEAD, OPTIONS, POST",
                "/software_deployments/{id}           | POST PATCH FOO       | DELETE, GET, HEAD, OPTIONS, PUT",
                "/software_deployments/{id}/events    | POST PUT DELETE PATCH | GET, HEAD, OPTIONS",
                "/software_deployments/watch          | POST PATCH FOO       | GET, HEAD, OPTIONS",
                "/software_deployments/metadata/s     | POST PUT DELETE PATCH | GET, HEAD, OPTIONS",
                "/servers                             | POST PUT DELETE PATCH | GET, HEAD, OPTIONS",
                "/software_configs                    | PUT DELETE PATCH FOO | GET, HEAD, OPTIONS, POST",
                "/software_configs/{id}               | POST PUT PATCH FOO   | DELETE, GET, HEAD, OPTIONS",
                "/validate                            | GET PUT DELETE PATCH | OPTIONS, POST",
                "/build_info                          | POST PUT DELETE      | GET, HEAD, OPTIONS",
            })
    void reportsTheMethodsOfAPath(String path, String others, String allowed) {
        for (String root : new String[] {"/v1/", "/v1.0/"}) {
            String fullPath = at(path).replace("/v1/", root);
            for (String method : others.split(" ")) {
                assertMethodNotAllowed(json(BODY).request(method, fullPath), allowed);
            }
            given().options(fullPath).then().statusCode(204).header("Allow", allowed);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/software_configs/;a=b /software_configs/. /software_configs/x/.., 'GET, HEAD, OPTIONS, POST'",
        "/software_deployments/;a=b/events /software_deployments/metadata/;a/agent, 'GET, HEAD, OPTIONS'",
    })
    void reportsTheMethodsOfAPathThatIsReadAsAnother(String paths, String allowed) throws IOException {
        for (String path : paths.split(" ")) {
            try (RawConnection connection = new RawConnection()) {
                connection.send(
                        "DELETE /v1/" + tenant + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                assertThat(
                        connection.receiveToTheEnd(),
                        allOf(startsWith("HTTP/1.1 405 "), containsString("\r\nAllow: " + allowed + "\r\n")));
            }
        }
    }

    @Test
    void checksTheMethodBeforeTheBody() {
        assertMethodNotAllowed(json("{nonsense").patch(deployments), "GET, HEAD, OPTIONS, POST");
    }

    @ParameterizedTest
    @CsvSource({"/", "/versions", "/v1", "/v1/", "/healthcheck"})
    void discoveryIsReadOnly(String path) {
        assertMethodNotAllowed(json("{}").post(uri(path)), "GET, HEAD, OPTIONS");
        assertMethodNotAllowed(given().delete(uri(path)), "GET, HEAD, OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/software_configs/",
                "/software_configs/x/",
                "/software_configs/x/y",
                "/Software_configs",
                "/software_configs.json",
                "/software_deployments/metadata/",
                "/software_deployments/metadata/s/",
                "/software_deployments/metadata/s/t",
                "/software_deployments/metadata/a%2Fb/c",
                "/validate/",
                "/build_info/",
                "/nonesuch"
            })
    void respondsNotFoundAtAnUnknownPath(String path) {
        for (String method : new String[] {"GET", "PUT", "DELETE", "FOO"}) {
            assertNotFound(json("{}").request(method, "/v1/" + tenant + path), "HTTPNotFound", NO_PATH);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {";a=b/software_configs/%2F", "/software_configs;a=b/%2f"})
    void doesNotServeTheListForAnEncodedSlashAfterAPathParameter(String path) {
        createId(configs, "{}");
        assertEquals(404, raw("/v1/" + tenant + path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/software_deployments",
                "/software_deployments/x",
                "/software_deployments/x/events",
                "/software_deployments/watch",
                "/software_deployments/metadata/s",
                "/servers",
                "/software_configs",
                "/software_configs/x",
                "/build_info"
            })
    void respondsNotFoundForAnInvalidTenantId(String path) {
        for (String id : new String[] {"a.b", "%20", "%D0%B0", "a%00", "x".repeat(65)}) {
            assertNotFound(given().urlEncodingEnabled(false).get("/v1/" + id + path), "HTTPNotFound", NO_PATH);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"//software_deployments", "//software_deployments//{id}", "//build_info"})
    void readsADoubledSlashAsOne(String path) {
        assertEquals(200, raw(at(path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/software_deployments?limit=%",
                "/software_deployments?%zz=1",
                "/software_configs?marker=%f",
                "/software_configs?=&&=x&limit",
                "/software_deployments/%zz",
                "/software_configs/%"
            })
    void respondsToInvalidPercentEncoding(String path) {
        int status = raw("/v1/" + tenant + path);
        assertThat(status, in(List.of(200, 400, 404)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/software_deployments/%zz",
                "/software_configs/%",
                "/software_deployments/metadata/%f",
                "/software_configs/a%"
            })
    void rejectsAnIdWithInvalidPercentEncoding(String path) {
        assertEquals(400, raw("/v1/" + tenant + path));
    }

    private String at(String path) {
        return "/v1/" + tenant + path.replace("{id}", deployment);
    }

    private static int raw(String path) {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return Integer.parseInt(
                    new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).substring(9));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
