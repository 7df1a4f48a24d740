package dev.ember.identity.keystone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.identity.keystone.RawKeystone.Closing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keystone closes connections without notice, as uwsgi's http-socket and many proxies do. */
class KeystoneConnectionLossTest {

    private static final int TOKENS = 320;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({
        "AFTER_EACH_RESPONSE, 1", "AFTER_EACH_RESPONSE, 2", "AFTER_EACH_RESPONSE, 8", "AFTER_EACH_RESPONSE, 32",
        "AFTER_A_PAUSE, 1", "AFTER_A_PAUSE, 2", "AFTER_A_PAUSE, 8", "AFTER_A_PAUSE, 32",
        "BY_RESET, 1", "BY_RESET, 2", "BY_RESET, 8", "BY_RESET, 32"
    })
    void validatesEveryTokenWhenConnectionsAreClosed(Closing closing, int clients) throws Exception {
        try (RawKeystone server = new RawKeystone(closing, 0)) {
            KeystoneClient keystone = KeystoneTestClient.of(vertx, server.url());
            assertEquals(List.of(), failures(keystone, clients));
        }
    }

    @Test
    void validatesATokenWhenAResponseIsCutOff() throws Exception {
        try (RawKeystone server = new RawKeystone(Closing.IN_EVERY_SECOND_RESPONSE, 0)) {
            KeystoneClient keystone = KeystoneTestClient.of(vertx, server.url());
            assertEquals(List.of(), failures(keystone, 1));
        }
    }

    @Test
    void triesNoMoreThanThreeTimes() throws Exception {
        try (RawKeystone server = new RawKeystone(Closing.BEFORE_THE_RESPONSE, 0)) {
            assertEquals(
                    1,
                    failures(KeystoneTestClient.of(vertx, server.url()), 1, 1).size());
            assertEquals(3, server.requests());
        }
    }

    private static List<String> failures(KeystoneClient keystone, int clients) throws Exception {
        return failures(keystone, clients, TOKENS);
    }

    /** Validates tokens with a number of concurrent clients and returns the reasons of the failures. */
    private static List<String> failures(KeystoneClient keystone, int clients, int tokens) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            var results = threads.invokeAll(IntStream.range(0, tokens)
                    .mapToObj(i -> (Callable<String>) () -> failure(keystone))
                    .toList());
            List<String> failures = new ArrayList<>();
            for (var result : results) {
                if (result.get() != null) {
                    failures.add(result.get());
                }
            }
            return failures;
        } finally {
            threads.shutdownNow();
        }
    }

    private static String failure(KeystoneClient keystone) throws Exception {
        return keystone.validate(UUID.randomUUID().toString())
                .map((String) null)
                .recover(e -> Future.succeededFuture(e.getMessage()))
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }
}
