package dev.ember.watch;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A shutdown begins while requests wait. The test has a profile of its own, because the service does not stop draining.
 */
@QuarkusTest
@TestProfile(WatchShutdownTest.Profile.class)
class WatchShutdownTest extends WaitingRequests {

    public static final class Profile implements QuarkusTestProfile {}

    @Inject
    Event<ShutdownDelayInitiatedEvent> shutdown;

    @Test
    void endsAllWaitsAtOnceWithTheCurrentState() throws Exception {
        String path = deployments + "/" + createId(BODY);
        StreamClient stream = StreamClient.open(CLIENT, uri(deployments + "/watch"));
        stream.expect("deployment");
        stream.expect("synced");
        List<CompletableFuture<Response>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(await(path));
        }
        shutdown.fire(new ShutdownDelayInitiatedEvent());
        stream.expectEnd();
        for (CompletableFuture<Response> response : waiting) {
            respond(response).then().statusCode(304).header("Preference-Applied", "wait=60");
        }
        awaitWaiting(0);
    }
}
