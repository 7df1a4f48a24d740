package dev.ember.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every server id that a create accepts also finds the server's metadata, percent-encoded in the path. */
@QuarkusTest
class AddressableServerTest extends HttpTest {

    private static final int CASES = 150;

    /** Characters and strings with a special meaning in HTTP, URIs or JSON. */
    private static final List<String> PIECES = List.of(
            ".",
            "..",
            "/",
            "//",
            "\\",
            "%",
            "%2F",
            "%2f",
            "%2E",
            "%25",
            ";",
            "=",
            "?",
            "#",
            "&",
            "+",
            " ",
            "\t",
            "\n",
            "\r",
            "\u0001",
            "\u007f",
            "\u0085",
            "\u00a0",
            "\u2028",
            "\ufeff",
            "\ufffd",
            "\uffff",
            "\"",
            "'",
            "<",
            "{",
            "}",
            "[",
            "|",
            "^",
            "`",
            "~",
            "*",
            ":",
            "@",
            "$",
            ",",
            "!",
            "(",
            "é",
            "e\u0301",
            "🎉",
            "a",
            "metadata",
            "x".repeat(60));

    static Stream<String> pieces() {
        return PIECES.stream().map(piece -> piece.matches("\\s|\u0001|\\.\\.?") ? piece + "a" : piece);
    }

    static LongStream seeds() {
        String given = System.getProperty("seed");
        return given == null ? new Random().longs(CASES) : LongStream.of(Long.parseLong(given));
    }

    @ParameterizedTest
    @MethodSource("pieces")
    @ValueSource(
            strings = {
                "a/", "/a", "a/b", "a/.", "a/..", "./a", "../a", "a/../b", "a/./b", "...", " a", "a ", "a;x=y", "a?b",
                "a#b", "a%2Fb", "a%", "a%zz", "a\nb"
            })
    void findsTheServerByItsEncodedId(String server) {
        assertFound(server, 200);
    }

    /** Clients and proxies remove these from a path, also percent-encoded: RFC 3986, section 5.2.4. */
    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void rejectsAServerIdThatCannotBeAPathSegment(String server) {
        assertBadRequest(
                create("{\"config_id\": \"c\", \"server_id\": \"" + server + "\", \"action\": \"a\"}"),
                "Invalid",
                "Data supplied was not valid: server_id must not be '.' or '..', which cannot be a segment of a URL path");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsEveryAcceptedServerId(long seed) {
        Random random = new Random(seed);
        StringBuilder server = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            server.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        String id = server.toString();
        boolean accepted = !id.equals(".") && !id.equals("..") && !id.matches("[\\x00-\\x20]*");
        assertFound(id, accepted ? 200 : 400);
    }

    private void assertFound(String server, int status) {
        String config = createId(configs, "{}");
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("config_id", config)
                .put("server_id", server)
                .put("action", "a")
                .toString();
        Response created = create(body);
        assertEquals(status, created.statusCode(), () -> body + created.asString());
        if (status != 200) {
            return;
        }
        String encoded = URLEncoder.encode(server, StandardCharsets.UTF_8).replace("+", "%20");
        for (String path : List.of(deployments, deployments.replace("/v1/", "/v1.0/"))) {
            HttpResponse<String> metadata =
                    send(HttpRequest.newBuilder(URI.create(uri(path + "/metadata/") + encoded)));
            assertEquals(200, metadata.statusCode(), () -> body + metadata.body());
            assertEquals(List.of(config), JsonPath.from(metadata.body()).getList("metadata.id"), body);
        }
    }
}
