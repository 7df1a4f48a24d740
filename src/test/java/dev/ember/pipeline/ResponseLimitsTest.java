package dev.ember.pipeline;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.pipeline.framing.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Large responses, and clients that do not read them. */
@QuarkusTest
@TestProfile(ResponseLimitsTest.Profile.class)
class ResponseLimitsTest extends LimitsTest {

    private static final int LARGE = 900_000;

    /** Three quarters of the budget. */
    private static final int LARGEST = 6 * 1024 * 1024;

    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("ember.memory-budget", "8M", "ember.response-timeout", "5S");
        }
    }

    @Test
    void returnsTheLargestMetadataThatFits() {
        String id = config(LARGE);
        deploy(id, 6);
        String metadata = given().get(deployments + "/metadata/large")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertEquals(6, metadata.split("\"config\":", -1).length - 1);
        assertTrue(metadata.length() > 6 * LARGE, "length " + metadata.length());
        awaitMetric("ember_memory_held_bytes", 0);
    }

    @Test
    void rejectsMetadataOverTheMaximumSize() {
        deploy(config(LARGE), 7);
        given().get(deployments + "/metadata/large")
                .then()
                .statusCode(413)
                .body("code", equalTo(413))
                .body("title", equalTo("Request Entity Too Large"))
                .body("explanation", equalTo("The response is larger than the service allows."))
                .body("error.type", equalTo("ResponseTooLarge"))
                .body(
                        "error.message",
                        matchesPattern(
                                "The response would have 630\\d{4} bytes; the service responds with at most " + LARGEST
                                        + "\\. Delete deployments that are no longer needed, or use smaller configs"));
        awaitMetric("ember_memory_held_bytes", 0);
    }

    /** A client that does not read holds the budget until the response timeout. */
    @Test
    void rejectsLargeResponsesWhileASlowClientHoldsTheBudget() throws IOException {
        deploy(config(LARGE), 6);
        String path = deployments + "/metadata/large";
        try (RawConnection slow = new RawConnection()) {
            slow.send(get(path));
            assertEquals("HTTP/1.1 200", slow.receive(12));
            assertUnavailable(
                    given().get(path),
                    "The service does not have enough memory for this request at the moment; try again later");
            create(BODY).then().statusCode(200);
            given().get(deployments + "?limit=1").then().statusCode(200);
            given().get("/q/health/ready").then().statusCode(200);
            awaitMetric("ember_memory_held_bytes", 0);
        }
        given().get(path).then().statusCode(200);
    }

    /** Each response is small enough to be sent in one write. */
    @Test
    void disconnectsAClientThatDoesNotReadItsResponses() throws IOException {
        String path = configs + "/" + config(60_000);
        int requests = 500;
        double before = counted();
        try (RawConnection slow = new RawConnection()) {
            slow.send(get(path).repeat(requests));
            assertThrows(SocketException.class, () -> sendUntilTheConnectionIsClosed(slow));
        }
        assertTrue(counted() - before < requests, "all requests were served");
        given().get(path).then().statusCode(200);
    }

    /** Deployments that do not fit into a chunk are sent separately and in the right order. */
    @Test
    void listsLargeAndSmallDeploymentsTogether() {
        List<String> ids = new ArrayList<>();
        for (int size : new int[] {10, 70_000, 10, 500_000, 65_000, 10, 900_000, 900_000, 30_000, 40_000, 10}) {
            ids.add(createId(
                    "{\"config_id\": \"c\", \"server_id\": \"s\", \"action\": \"a\", \"input_values\": {\"v\": \""
                            + text(size) + "\"}}"));
        }
        given().get(deployments).then().statusCode(200).body("software_deployments.id", equalTo(ids));
        given().get(deployments + "?limit=4")
                .then()
                .statusCode(200)
                .body("software_deployments.id", equalTo(ids.subList(0, 4)));
        awaitMetric("ember_memory_held_bytes", 0);
    }

    private void sendUntilTheConnectionIsClosed(RawConnection connection) throws IOException {
        for (int i = 0; i < 5_000; i++) {
            connection.send(get("/healthcheck"));
            create(BODY).then().statusCode(200);
        }
    }

    private static double counted() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line ->
                        line.startsWith("http_server_requests_seconds_count") && line.contains("software_configs/{id}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private String config(int size) {
        return createId(configs, "{\"config\": \"" + text(size) + "\"}");
    }

    private void deploy(String config, int times) {
        for (int i = 0; i < times; i++) {
            createId("{\"config_id\": \"" + config + "\", \"server_id\": \"large\", \"action\": \"a\"}");
        }
    }

    private static String text(int size) {
        return new Random(size)
                .ints(size, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }
}
