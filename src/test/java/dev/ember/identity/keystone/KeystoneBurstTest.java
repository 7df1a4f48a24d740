package dev.ember.identity.keystone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.identity.keystone.RawKeystone.Closing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many uncached tokens arrive at once, as they do after a replica starts. */
class KeystoneBurstTest {

    private static final int TOKENS = 40;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void validatesEveryTokenEvenIfTheBurstTakesLongerThanTheTimeout() throws Exception {
        try (RawKeystone server = new RawKeystone(Closing.NEVER, 300)) {
            KeystoneClient keystone = KeystoneTestClient.of(vertx, server.url());
            assertEquals(Collections.nCopies(TOKENS, "validated"), results(keystone));
            assertEquals(1 + TOKENS, server.requests());
        }
    }

    @Test
    void failsAllWaitingValidationsWhenOneTimesOut() throws Exception {
        try (RawKeystone server = new RawKeystone(Closing.NEVER, 0)) {
            KeystoneClient keystone = KeystoneTestClient.of(vertx, server.url(), "timeout", "1S");
            assertEquals("validated", await(result(keystone)));
            int before = server.requests();
            server.hang();
            assertEquals(Collections.nCopies(TOKENS, "it does not respond within 1000 ms"), results(keystone));
            assertEquals(KeystoneLimit.PERMITS, server.requests() - before);
        }
    }

    private static List<String> results(KeystoneClient keystone) throws Exception {
        return await(Future.all(IntStream.range(0, TOKENS)
                        .mapToObj(i -> result(keystone))
                        .toList())
                .map(all -> all.list()));
    }

    private static Future<String> result(KeystoneClient keystone) {
        return keystone.validate(UUID.randomUUID().toString())
                .map("validated")
                .recover(e -> Future.succeededFuture(e.getMessage()));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
