package dev.ember.identity.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.watch.StreamClient;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The token of an event stream is checked again and again. */
@QuarkusTest
class JwtStreamTokenTest extends JwtTest {

    @Test
    void endsWhenTheTokenHasExpired() throws Exception {
        String token = TestIssuer.token(tenant, "reader")
                .with("iat", null)
                .with("exp", Instant.now().getEpochSecond() - 25)
                .signedWith(TestKey.RSA);
        try (StreamClient client = watch(token)) {
            assertEquals(200, client.response().statusCode());
            client.expect("synced");
            client.expectEnd();
        }
    }

    @Test
    void needsAToken() throws Exception {
        try (StreamClient client = watch("garbage")) {
            assertEquals(401, client.response().statusCode());
        }
    }

    private StreamClient watch(String token) throws Exception {
        return StreamClient.open(CLIENT, uri(deployments + "/watch"), "Authorization", "Bearer " + token);
    }
}
