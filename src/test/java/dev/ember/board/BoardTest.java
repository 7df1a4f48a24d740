package dev.ember.board;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.HttpTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BoardTest extends HttpTest {

    private static final Path SOURCES = Path.of("src/main/resources/board");

    static List<String> files() {
        return BoardFiles.NAMES;
    }

    /** Requests a path as it is written. */
    private static Response get(String path) {
        return given().urlEncodingEnabled(false).redirects().follow(false).get(uri(path));
    }

    private static void assertSecure(ValidatableResponse response) {
        response.header(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                                + " require-trusted-types-for 'script'; trusted-types 'none'")
                .header("Cache-Control", "no-cache")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY");
    }

    @Test
    void servesThePageAtItsRoot() throws IOException {
        Response page = get("/board/");
        assertSecure(page.then().statusCode(200).contentType("text/html;charset=UTF-8"));
        assertArrayEquals(Files.readAllBytes(SOURCES.resolve("index.html")), page.asByteArray());
        assertEquals(page.header("ETag"), get("/board/index.html").header("ETag"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void servesEveryFile(String name) throws IOException {
        byte[] content = Files.readAllBytes(SOURCES.resolve(name));
        Response file = get("/board/" + name);
        assertSecure(file.then().statusCode(200));
        assertArrayEquals(content, file.asByteArray());
        given().head("/board/" + name)
                .then()
                .statusCode(200)
                .contentType(file.contentType())
                .header("Content-Length", Integer.toString(content.length))
                .header("ETag", file.header("ETag"))
                .body(emptyString());
    }

    @ParameterizedTest
    @CsvSource({
        "main.js, text/javascript;charset=UTF-8",
        "board.css, text/css;charset=UTF-8",
        "icon.svg, image/svg+xml",
    })
    void namesTheTypeOfAFile(String name, String type) {
        assertEquals(type, get("/board/" + name).contentType());
    }

    @ParameterizedTest
    @MethodSource("files")
    void doesNotSendAFileAgainThatTheClientHas(String name) {
        String tag = get("/board/" + name).header("ETag");
        ValidatableResponse cached = given().header("If-None-Match", "\"other\", W/" + tag)
                .get("/board/" + name)
                .then()
                .statusCode(304)
                .header("ETag", tag)
                .body(emptyString());
        assertSecure(cached);
        given().header("If-None-Match", "\"other\"")
                .get("/board/" + name)
                .then()
                .statusCode(200);
    }

    @Test
    void rejectsAMalformedCondition() {
        given().header("If-None-Match", "tag")
                .get("/board/")
                .then()
                .statusCode(400)
                .body("error.message", containsString("If-None-Match must be"));
    }

    @Test
    void tellsThePageHowCallersAreIdentified() {
        Response module = get("/board/identity.js");
        assertSecure(module.then().statusCode(200).contentType("text/javascript;charset=UTF-8"));
        assertEquals("export const IDENTITY = 'none';\n", module.asString());
    }

    @Test
    void redirectsToThePath() {
        get("/board").then().statusCode(308).header("Location", "/board/");
        assertEquals(404, get("/boards").statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/board/other.js",
                "/board/main.js/",
                "/board/%6Dain.js",
                "/board/../application.properties",
                "/board/..%2fapplication.properties",
                "/board/;a=b",
                "/board/MAIN.JS"
            })
    void respondsNotFoundAtOtherPaths(String path) {
        assertNotFound(get(path), "HTTPNotFound", "No operation has this path; GET /q/openapi lists the operations");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/board", "/board/", "/board/main.js"})
    void supportsOnlyReading(String path) {
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "TRACE")) {
            Response response = json("{}").request(method, path);
            assertMethodNotAllowed(response, "GET, HEAD, OPTIONS");
        }
        given().options(path).then().statusCode(204).header("Allow", "GET, HEAD, OPTIONS");
        assertEquals(404, json("{}").post("/board/other.js").statusCode());
    }

    @Test
    void needsNoToken() {
        given().headers(Map.of("X-Auth-Token", "none", "Authorization", "Bearer none"))
                .get("/board/")
                .then()
                .statusCode(200);
    }

    @Test
    void countsAllFilesAsOne() {
        get("/board/");
        get("/board/main.js");
        get("/board/other.js");
        String metrics = given().get("/q/metrics").asString();
        assertEquals(
                List.of("uri=\"/board/\""),
                metrics.lines()
                        .filter(line -> line.startsWith("http_server_requests_seconds_count"))
                        .map(line -> line.replaceFirst(".*(uri=\"[^\"]*\").*", "$1"))
                        .filter(uri -> uri.contains("board"))
                        .distinct()
                        .toList());
        given().get("/q/openapi?format=json")
                .then()
                .body("paths.keySet().any { it.contains('board') }", equalTo(false));
    }
}
