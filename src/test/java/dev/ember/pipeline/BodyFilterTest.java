package dev.ember.pipeline;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.TestDatabase;
import dev.ember.pipeline.framing.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients that send a body slowly, or send too much at once. */
@QuarkusTest
@TestProfile(BodyFilterTest.Profile.class)
class BodyFilterTest extends LimitsTest {

    /** Exceeds the number of threads of the service. */
    private static final int SLOW_SENDERS = 300;

    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("ember.memory-budget", "8M", "ember.body-timeout", "15S");
        }
    }

    @Test
    void closesTheConnectionWhenTheBodyTimesOut() throws IOException {
        try (RawConnection connection = new RawConnection()) {
            String response = connection.send(post(100) + "{").receiveToTheEnd();
            assertThat(response, startsWith("HTTP/1.1 408 Request Timeout\r\n"));
            assertThat(response, containsString("X-Openstack-Request-Id: req-"));
            assertThat(
                    response,
                    endsWith(
                            """
                            \r\n\r\n{"code":408,"title":"Request Timeout","explanation":"The request did not arrive in time.",\
                            "error":{"type":"HTTPRequestTimeout","message":"The body did not arrive within 15 seconds",\
                            "traceback":null}}"""));
        }
        assertEquals(0, TestDatabase.deploymentsOf(tenant));
    }

    @Test
    void slowSendersHoldNoThread() throws IOException {
        List<RawConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW_SENDERS; i++) {
                connections.add(new RawConnection().send(post(100) + "{"));
            }
            create(BODY).then().statusCode(200);
            given().get("/q/health/ready").then().statusCode(200);
        } finally {
            for (RawConnection connection : connections) {
                connection.close();
            }
        }
    }

    @Test
    void readsABodySentInParts() throws IOException {
        try (RawConnection connection = new RawConnection()) {
            connection.send(post(BODY.length())).send(BODY.substring(0, 9)).send(BODY.substring(9));
            assertEquals("HTTP/1.1 200", connection.receive(12));
        }
    }

    @Test
    void respondsToExpect100Continue() throws IOException {
        try (RawConnection connection = new RawConnection()) {
            connection.send(post(BODY.length()).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"));
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", connection.receive(25));
            assertEquals("HTTP/1.1 200", connection.send(BODY).receive(12));
        }
    }

    /** The service needs several times the size of a body to process it. */
    @Test
    void rejectsABodyThatDoesNotFitInTheMemoryBudget() throws IOException {
        int size = 900_000;
        try (RawConnection connection = new RawConnection()) {
            connection.send(post(size) + " ".repeat(size - BODY.length()));
            awaitMetric("ember_memory_held_bytes", 6 * size);
            assertUnavailable(
                    create(" ".repeat(800_000) + BODY),
                    "The service does not have enough memory for this request at the moment; try again later");
            create(BODY).then().statusCode(200);
            assertEquals("HTTP/1.1 200", connection.send(BODY).receive(12));
        }
        awaitMetric("ember_memory_held_bytes", 0);
        create(" ".repeat(800_000) + BODY).then().statusCode(200);
    }

    private String post(int length) {
        return "POST " + deployments + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n";
    }
}
