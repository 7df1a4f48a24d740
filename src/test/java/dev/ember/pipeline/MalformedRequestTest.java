package dev.ember.pipeline;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class MalformedRequestTest extends HttpTest {

    private static final String VALID = """
            {"config_id": "c", "server_id": "s", "action": "a"}""";
    private static final String LIMIT_EXCEEDED =
            "The body exceeds a limit: at most 1000 levels of nesting, 1000 characters in a number,"
                    + " and 100000 JSON tokens";

    @AfterEach
    void assertNothingIsStored() {
        assertEquals(0, TestDatabase.deploymentsOf(tenant));
    }

    static Stream<Arguments> bodiesThatAreNotJsonObjects() {
        return Stream.of(
                arguments("", "The body is empty; it must be a JSON object"),
                arguments("  \n", "The body is empty; it must be a JSON object"),
                arguments("[]", "The body must be a JSON object"),
                arguments("null", "The body must be a JSON object"),
                arguments("\"text\"", "The body must be a JSON object"),
                arguments("5", "The body must be a JSON object"),
                arguments("not JSON", "The body is not JSON: line 1, column 1"),
                arguments("{\"a\":\n x}", "The body is not JSON: line 2, column 2"),
                arguments("{\"a\": NaN}", "The body is not JSON: line 1, column 10"),
                arguments("{\"a\": Infinity}", "The body is not JSON: line 1, column 15"),
                arguments("{'a': 1}", "The body is not JSON: line 1, column 2"),
                arguments("{\"a\": 1} {}", "The body is not JSON: line 1, column 10"),
                arguments("{\"a\": 1", "The body is not JSON: unexpected end of input"),
                arguments("{\"a\": \"\\x\"}", "The body is not JSON: line 1, column 9"),
                arguments("\ufeff" + VALID, "The body begins with a byte order mark; JSON must not have one"),
                arguments("{\"a\":".repeat(100_000), LIMIT_EXCEEDED),
                arguments("{\"a\": 1" + "0".repeat(1_000) + "}", LIMIT_EXCEEDED),
                arguments("{\"a\": [" + "[],".repeat(50_000) + "0]}", LIMIT_EXCEEDED),
                arguments(
                        "{\"a\": 1e99999999999}", "The body contains a number with an exponent that is out of range"));
    }

    @ParameterizedTest
    @MethodSource("bodiesThatAreNotJsonObjects")
    void rejectsABodyThatIsNotAJsonObject(String body, String message) {
        assertBadRequest(
                json("").body(body.getBytes(StandardCharsets.UTF_8)).post(deployments), "HTTPBadRequest", message);
    }

    @Test
    void countsTheColumnsOfASyntaxErrorInCharacters() {
        assertBadRequest(
                create("{\"a\": 1,\n \"é🎉\": x}"), "HTTPBadRequest", "The body is not JSON: line 2, column 8");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_048_577, 5_000_000})
    void rejectsABodyThatIsTooLarge(int size) {
        assertTooLarge(create(" ".repeat(size - VALID.length()) + VALID));
    }

    @Test
    void closesTheConnectionOnAnEndlessBody() throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            String head = "POST " + deployments + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("100000\r\n" + " ".repeat(0x100000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 1_000; i++) {
                    socket.getOutputStream().write(chunk);
                }
            });
        }
    }

    @Test
    void servesTheNextRequestAfterAnUnreadBody() throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(30_000);
            String head = "GET /healthcheck HTTP/1.1\r\nHost: localhost\r\n";
            String first = head + "Content-Length: 200000\r\n\r\n" + " ".repeat(200_000);
            String second = head + "Connection: close\r\n\r\n";
            socket.getOutputStream().write((first + second).getBytes(StandardCharsets.US_ASCII));
            String responses = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertEquals(2, responses.split("HTTP/1.1 200 OK", -1).length - 1, responses);
        }
    }

    @Test
    void rejectsAChunkedBodyThatIsTooLarge() {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(deployments))
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(" ".repeat(1_048_577) + VALID)));
        assertEquals(413, send(request).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "application/xml",
                "application/vnd.api+json",
                "multipart/form-data; boundary=x",
                "text/html",
                "/",
                "application/jsonx"
            })
    void rejectsOtherContentTypes(String contentType) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(deployments))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(VALID));
        var response = send(request);
        assertEquals(415, response.statusCode());
        assertEquals(
                """
                {"code":415,"title":"Unsupported Media Type","explanation":"The service accepts only JSON bodies.",\
                "error":{"type":"HTTPUnsupportedMediaType","message":"Content-Type must be application/json \
                (text/plain or no Content-Type is also read as JSON)","traceback":null}}""",
                response.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/%20/software_deployments",
                "/v1/a.b/software_deployments",
                "/v1/a%2Fb/software_deployments",
                "/v1/%D0%B0/software_deployments",
                "/v1/a%00/software_deployments",
                "/v1/01234567890123456789012345678901234567890123456789012345678901234/software_deployments",
                "/v1/t/software_deployments/",
                "/v1/t/Software_deployments",
                "/v1/t/software_deployments/x/y",
                "/v1/t/software_deployments/x/",
                "/v1/t/",
                "/v1/t/stacksx",
                "/v1/stacks",
                "/v1/t",
                "/v2/t/software_deployments",
                "/nonesuch",
                "/q/nonesuch"
            })
    void respondsNotFoundAtAnUnknownPath(String path) {
        assertNotFound(
                json(VALID).post(path),
                "HTTPNotFound",
                "No operation has this path; GET /q/openapi lists the operations");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/t/stacks",
                "/v1.0/t/stacks",
                "/v1/t/stacks/",
                "/v1/t/stacks/s/0190163e-7a10-7000-8000-000000000000/events",
                "/v1/t/services",
                "/v1/t/resource_types",
                "/v1/t/resource_types/OS::Heat::None",
                "/v1/t/template_versions/heat_template_version.2021-04-16/functions"
            })
    void reportsThatStacksAreNotSupported(String path) {
        for (Response response : List.of(given().get(path), json(VALID).post(path))) {
            assertNotFound(
                    response,
                    "HTTPNotFound",
                    "This service provides software configs and software deployments, not stacks;"
                            + " GET /q/openapi lists the operations");
        }
    }

    @Test
    void reportsTheMethodsOfAPath() {
        assertMethodNotAllowed(json(VALID).put(deployments), "GET, HEAD, OPTIONS, POST");
        assertMethodNotAllowed(json(VALID).patch(deployments), "GET, HEAD, OPTIONS, POST");
        assertMethodNotAllowed(given().request("FOO", deployments), "GET, HEAD, OPTIONS, POST");
        assertMethodNotAllowed(json(VALID).post(deployments + "/x"), "DELETE, GET, HEAD, OPTIONS, PUT");
        given().options(deployments).then().statusCode(204).header("Allow", "GET, HEAD, OPTIONS, POST");
        given().options(deployments + "/x").then().statusCode(204).header("Allow", "DELETE, GET, HEAD, OPTIONS, PUT");
        given().options("/nonesuch").then().statusCode(404);
    }

    private static void assertTooLarge(Response response) {
        assertFault(
                response,
                413,
                "Request Entity Too Large",
                "The request body is larger than the service accepts.",
                "RequestLimitExceeded",
                "Request limit exceeded: JSON body size exceeds maximum allowed size (1048576 bytes).");
    }
}
