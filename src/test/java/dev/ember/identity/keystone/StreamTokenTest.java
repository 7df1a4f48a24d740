package dev.ember.identity.keystone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.identity.keystone.TestToken.Script;
import dev.ember.watch.StreamClient;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The token of an event stream is checked again and again. */
@QuarkusTest
class StreamTokenTest extends KeystoneTest {

    private StreamClient watch(TestToken token) throws Exception {
        StreamClient client = StreamClient.open(CLIENT, uri(deployments + "/watch"), "X-Auth-Token", token.text());
        client.expect("synced");
        return client;
    }

    @Test
    void endsWhenTheTokenIsNoLongerValid() throws Exception {
        TestToken revoked = TestToken.of(Script.VALID_ONCE, tenant, "reader").expiringIn(1);
        try (StreamClient ending = watch(revoked);
                StreamClient other = watch(member)) {
            ending.expectEnd();
            with(member).contentType("application/json").body(BODY).post(deployments);
            other.expectDeployment();
            assertEquals(2, validations(revoked));
        }
    }

    @Test
    void needsAToken() throws Exception {
        for (List<String> headers : List.of(
                List.<String>of(),
                List.of(
                        "X-Auth-Token",
                        TestToken.of(Script.UNKNOWN, tenant, "reader").text()))) {
            try (StreamClient client =
                    StreamClient.open(CLIENT, uri(deployments + "/watch"), headers.toArray(String[]::new))) {
                assertEquals(401, client.response().statusCode(), Arrays.toString(headers.toArray()));
            }
        }
    }
}
