package dev.ember.watch;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.Background;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Many requests that wait, and few permits. One tenant cannot have all waiting requests. */
@QuarkusTest
@TestProfile(WatchLimitTest.Profile.class)
class WatchLimitTest extends WaitingRequests {

    private static final int MAX_WATCHERS = 16;
    private static final int MAX_OF_TENANT = 14;

    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("ember.max-watchers", Integer.toString(MAX_WATCHERS), "ember.max-requests", "8");
        }
    }

    /** The requests that wait have no permits, so others are served. */
    @Test
    void rejectsRequestsOverTheLimitsAndServesOthers() throws Exception {
        String path = deployments + "/" + createId(BODY);
        String tag = given().get(path).header("ETag");
        List<CompletableFuture<Response>> waiting = new ArrayList<>();
        for (int i = 1; i <= MAX_OF_TENANT; i++) {
            waiting.add(Background.supply(() -> get(path, tag, "wait=60")));
            awaitWaiting(i);
        }
        assertUnavailable(
                given().get(deployments + "/watch"), "Too many requests are waiting for a change; try again later");
        assertUnavailable(get(path, tag, "wait=60"), "Too many requests are waiting for a change; try again later");
        assertThat(given().get("/q/metrics").asString(), containsString("ember_watchers_rejected_total 2.0"));
        String ofOther = deploymentsOf("other-" + tenant) + "/" + createId(deploymentsOf("other-" + tenant), BODY);
        for (int i = MAX_OF_TENANT; i < MAX_WATCHERS; i++) {
            waiting.add(await(ofOther));
        }
        assertEquals(
                503,
                get(ofOther, given().get(ofOther).header("ETag"), "wait=60").statusCode());
        given().get(path).then().statusCode(200);
        for (String changed : List.of(path, ofOther)) {
            json("{\"status\": \"FAILED\"}").put(changed).then().statusCode(200);
        }
        for (CompletableFuture<Response> response : waiting) {
            assertEquals(200, respond(response).statusCode());
        }
        awaitWaiting(0);
    }

    @Test
    void forgetsClientsThatDisconnect() throws Exception {
        String path = deployments + "/" + createId(BODY);
        String tag = given().get(path).header("ETag");
        List<Socket> clients = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            clients.add(connect(path, tag));
            awaitWaiting(i);
        }
        for (Socket client : clients) {
            client.close();
        }
        awaitWaiting(0);
    }

    private static Socket connect(String path, String tag) throws IOException {
        Socket client = new Socket("localhost", RestAssured.port);
        client.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nPrefer: wait=60\r\nIf-None-Match: " + tag
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return client;
    }
}
