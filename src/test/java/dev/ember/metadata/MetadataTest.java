package dev.ember.metadata;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import dev.ember.Together;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class MetadataTest extends HttpTest {

    private static final String EMPTY = "{\"metadata\":[]}";

    @Test
    void returnsTheCompleteConfigsOfAServer() {
        String config = createId(
                configs,
                """
                {"name": "n", "group": "script", "config": "echo", "inputs": [{"name": "a", "value": 5}],
                 "outputs": [{"name": "b"}], "options": {"o": 1}}""");
        deploy(config, "s");
        String shown = given().get(configs + "/" + config).asString();
        String inner = shown.substring("{\"software_config\":".length(), shown.length() - 1);
        Response metadata = metadata("s");
        metadata.then().statusCode(200).contentType("application/json");
        assertEquals("{\"metadata\":[" + inner + "]}", metadata.asString());
    }

    @Test
    void sortsByNameInCodePointOrderAndAMissingNameAsEmpty() {
        List<String> names = List.of("zeta", "Ünicode", "null", "Beta", "alpha", "", "🎉", "\uffee", "null", "Beta ");
        for (String name : names) {
            String quoted = name.equals("null") ? name : '"' + name + '"';
            deploy(createId(configs, "{\"name\": %s}".formatted(quoted)), "s");
        }
        List<String> expected = new ArrayList<>();
        expected.add(null);
        expected.add("");
        expected.add(null);
        expected.addAll(List.of("Beta", "Beta ", "alpha", "zeta", "Ünicode", "\uffee", "🎉"));
        assertEquals(expected, metadata("s").path("metadata.name"));
    }

    @Test
    void sortsEqualNamesByTheCreationOfTheDeployments() {
        String first = createId(configs, "{\"name\": \"same\"}");
        String second = createId(configs, "{\"name\": \"same\"}");
        deploy(second, "s");
        deploy(first, "s");
        assertEquals(List.of(second, first), metadata("s").path("metadata.id"));
    }

    @Test
    void returnsAConfigOncePerDeployment() {
        String config = createId(configs, "{}");
        deploy(config, "s");
        deploy(config, "s");
        assertEquals(List.of(config, config), metadata("s").path("metadata.id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"IN_PROGRESS", "COMPLETE", "FAILED"})
    void returnsConfigsRegardlessOfTheStatus(String status) {
        String config = createId(configs, "{}");
        createId("""
                {"config_id": "%s", "server_id": "s", "action": "DELETE", "status": "%s"}"""
                .formatted(config, status));
        assertEquals(List.of(config), metadata("s").path("metadata.id"));
    }

    @Test
    void reflectsUpdatesAndDeletions() {
        String first = createId(configs, "{}");
        String second = createId(configs, "{}");
        String deployment = deployments + "/" + deploy(first, "s");
        json("{\"config_id\": \"%s\"}".formatted(second)).put(deployment);
        assertEquals(List.of(second), metadata("s").path("metadata.id"));
        given().delete(deployment);
        assertEquals(EMPTY, metadata("s").asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonesuch", "%20", "%00", "S", "s%20", "metadata"})
    void returnsAnEmptyListForAnUnknownServer(String server) {
        deploy(createId(configs, "{}"), "s");
        Response response = metadata(server);
        assertEquals(200, response.statusCode());
        assertEquals(EMPTY, response.asString());
    }

    @ParameterizedTest
    @CsvSource({
        "a.b:c, a.b:c",
        "a b, a%20b",
        "й🎉, %D0%B9%F0%9F%8E%89",
        "100%, 100%25",
        "a/b, a%2Fb",
        "a;b=c, a%3Bb%3Dc",
        "+, +"
    })
    void findsServersWithSpecialCharactersInTheirIds(String server, String path) {
        String config = createId(configs, "{}");
        deploy(config, server);
        assertEquals(List.of(config), metadata(path).path("metadata.id"));
    }

    @Test
    void omitsUnknownConfigs() {
        String config = createId(configs, "{}");
        deploy("00000000-0000-0000-0000-000000000000", "s");
        deploy("not a UUID", "s");
        deploy(config, "s");
        assertEquals(List.of(config), metadata("s").path("metadata.id"));
    }

    /** A caller that knows the id of another tenant's config must not be able to read the config by deploying it. */
    @Test
    void neverReturnsAConfigOfAnotherTenant() {
        deploy(createId(configsOf("other"), "{\"config\": \"secret\"}"), "s");
        assertEquals(EMPTY, metadata("s").asString());
    }

    @Test
    void ignoresDeploymentsOfAnotherTenant() {
        deploy(createId(configs, "{}"), "s");
        assertEquals(EMPTY, given().get(deploymentsOf("other") + "/metadata/s").asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"s", "nonesuch", "%00"})
    void respondsToHeadWithTheHeadersOfGetAndNoBody(String server) throws IOException {
        deploy(createId(configs, "{}"), "s");
        Map<String, String> expected = headers(sendRaw("GET", server));
        expected.keySet()
                .remove("content-length"); // requires the body, so a server may omit it: RFC 9110, section 9.3.2
        String head = sendRaw("HEAD", server);
        assertEquals(head.length() - 4, head.indexOf("\r\n\r\n"), head);
        Map<String, String> headers = headers(head);
        assertNotEquals(expected.remove("x-openstack-request-id"), headers.remove("x-openstack-request-id"));
        assertEquals(expected, headers);
    }

    @Test
    void evaluatesIfNoneMatchOnHead() {
        deploy(createId(configs, "{}"), "s");
        String tag = metadata("s").header("ETag");
        given().header("If-None-Match", tag)
                .head(deployments + "/metadata/s")
                .then()
                .statusCode(304);
        given().header("If-None-Match", "\"other\"")
                .head(deployments + "/metadata/s")
                .then()
                .statusCode(200)
                .header("ETag", tag);
    }

    /** A query for configs fails because the test renames a column. */
    @Test
    void readsNoConfigForHead() throws Exception {
        deploy(createId(configs, "{}"), "s");
        String tag = metadata("s").header("ETag");
        TestDatabase.execute("alter table software_config rename column config to renamed");
        try {
            given().head(deployments + "/metadata/s").then().statusCode(200).header("ETag", tag);
            HttpRequest get =
                    HttpRequest.newBuilder(uri(deployments + "/metadata/s")).build();
            assertNotEquals(
                    200,
                    CLIENT.send(get, HttpResponse.BodyHandlers.discarding()).statusCode());
        } finally {
            TestDatabase.execute("alter table software_config rename column renamed to config");
        }
    }

    @Test
    void returnsAllConcurrentDeployments() {
        List<Callable<String>> writers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String name = "n%02d".formatted(i);
            writers.add(() -> {
                deploy(createId(configs, "{\"name\": \"%s\"}".formatted(name)), "s");
                return name;
            });
        }
        assertEquals(Together.run(writers), metadata("s").path("metadata.name"));
    }

    private String deploy(String config, String server) {
        return createId("""
                {"config_id": "%s", "server_id": "%s", "action": "CREATE"}"""
                .formatted(config, server));
    }

    private Response metadata(String server) {
        return given().urlEncodingEnabled(false).get(deployments + "/metadata/" + server);
    }

    /** Returns the complete text of a response. */
    private String sendRaw(String method, String server) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(30_000);
            String request = method + " " + deployments + "/metadata/" + server
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, String> headers(String response) {
        List<String> lines =
                response.substring(0, response.indexOf("\r\n\r\n")).lines().toList();
        assertEquals("HTTP/1.1 200 OK", lines.get(0));
        return lines.stream()
                .skip(1)
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(line -> line[0].toLowerCase(Locale.ROOT), line -> line[1]));
    }
}
