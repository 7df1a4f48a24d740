package dev.ember.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are not UTF-8 and bodies with a Content-Encoding. */
@QuarkusTest
class BodyEncodingTest extends HttpTest {

    private static final String VALID = """
            {"config_id": "c", "server_id": "s", "action": "a"}""";

    @AfterEach
    void assertNothingIsStored() {
        assertEquals(0, TestDatabase.deploymentsOf(tenant));
    }

    static Stream<Arguments> bodiesThatAreNotUtf8() {
        String before = hex("{\"config_id\": \"é\",\n \"action\": \"é🎉");
        String after = hex("\", \"server_id\": \"s\"}");
        String here = "line 2, column 15";
        return Stream.of(
                arguments(before + "e9" + after, here), // "é" in ISO 8859-1
                arguments(before + "80" + after, here), // no character begins with this byte
                arguments(before + "ff" + after, here), // no character has this byte
                arguments(before + "c0af" + after, here), // "/", overlong
                arguments(before + "e080af" + after, here), // "/", overlong
                arguments(before + "f08080af" + after, here), // "/", overlong
                arguments(before + "eda080" + after, here), // a surrogate
                arguments(before + "edbfbf" + after, here), // a surrogate
                arguments(before + "eda0bcedbe89" + after, here), // a pair of surrogates
                arguments(before + "f4908080" + after, here), // beyond U+10FFFF
                arguments(before + "c3" + after, here), // cut by the quote
                arguments(before + "c3", here), // cut by the end
                arguments(before + "e282", here),
                arguments(before + "f09f8e", here),
                arguments("e9", "line 1, column 1"),
                arguments(hex("{}") + "e9", "line 1, column 3"),
                arguments(hex("{not JSON ") + "e9", "line 1, column 11"),
                arguments(hex("{\r\"é\":\r\n\n\"") + "e9", "line 4, column 2"),
                arguments(hex(" ".repeat(5_000) + "é".repeat(5_000)) + "ff", "line 1, column 10001"));
    }

    @ParameterizedTest
    @MethodSource("bodiesThatAreNotUtf8")
    void reportsWhereABodyIsNotUtf8(String hex, String position) {
        assertBadRequest(
                json("").body(HexFormat.of().parseHex(hex)).post(deployments),
                "HTTPBadRequest",
                "The body is not UTF-8: " + position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "x-UTF-16LE-BOM", "UTF-32", "UTF-32LE", "X-UTF-32BE-BOM"})
    void reportsABodyInUtf16OrUtf32(String charset) {
        assertBadRequest(
                json("").body(VALID.getBytes(Charset.forName(charset))).post(deployments),
                "HTTPBadRequest",
                "The body is not UTF-8: it looks like UTF-16 or UTF-32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "deflate", "br", "zstd", "identity, gzip", "x"})
    void rejectsEncodedBodies(String encoding) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(deployments))
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofString(VALID));
        var response = send(request);
        assertEquals(415, response.statusCode());
        assertEquals(
                "identity", response.headers().firstValue("Accept-Encoding").orElseThrow());
        assertEquals(
                """
                {"code":415,"title":"Unsupported Media Type","explanation":"The service accepts only JSON bodies.",\
                "error":{"type":"HTTPUnsupportedMediaType","message":"Content-Encoding is not supported; send the \
                body uncompressed","traceback":null}}""",
                response.body());
    }

    @Test
    void rejectsAnEncodingThatFollowsIdentity() {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(deployments))
                .header("Content-Encoding", "identity")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString(VALID));
        assertEquals(415, send(request).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity", ""})
    void readsBodiesWithTheIdentityEncoding(String encoding) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(deployments))
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofString("[]"));
        assertEquals(400, send(request).statusCode());
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
