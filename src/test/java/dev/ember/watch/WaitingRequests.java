package dev.ember.watch;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.Background;
import dev.ember.HttpTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sends requests that wait for a change. */
abstract class WaitingRequests extends HttpTest {

    static final String BODY = """
            {"config_id": "c", "server_id": "s", "action": "a"}""";

    /** More than a busy machine needs to respond to a change, and less than the longest wait. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    static Response get(String path, String tag, String prefer) {
        return given().urlEncodingEnabled(false)
                .header("If-None-Match", tag)
                .header("Prefer", prefer)
                .get(path);
    }

    /** Requests a change of the current state, and returns when the request waits. */
    static CompletableFuture<Response> await(String path) throws InterruptedException {
        int before = waiting();
        String tag = given().urlEncodingEnabled(false).get(path).header("ETag");
        CompletableFuture<Response> response = Background.supply(() -> get(path, tag, "wait=60"));
        awaitWaiting(before + 1);
        return response;
    }

    static Response respond(CompletableFuture<Response> response) throws Exception {
        return response.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Returns how many requests wait. */
    static int waiting() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("ember_watchers "))
                .map(line -> (int) Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    static void awaitWaiting(int number) throws InterruptedException {
        for (int i = 0; i < 300 && waiting() != number; i++) {
            Thread.sleep(50);
        }
        assertTrue(waiting() == number, () -> "waiting: " + waiting());
    }
}
