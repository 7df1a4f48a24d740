package dev.ember.identity.keystone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ember.identity.provider.ProviderConnections;
import dev.ember.identity.provider.ProviderExchange;
import dev.ember.identity.provider.ProviderMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceTokenTest {

    private static final Buffer CREDENTIALS = Buffer.buffer("\"password\":\"" + ScriptedKeystone.PASSWORD + "\"");

    private final Vertx vertx = Vertx.vertx();
    private final ProviderExchange exchange = new ProviderExchange(
            new ProviderConnections(vertx.createHttpClient(), vertx.createHttpClient()),
            Duration.ofSeconds(5),
            new ProviderMetrics(new SimpleMeterRegistry(), "requests"));
    private final SetClock clock = new SetClock();
    private ScriptedKeystone keystone;

    @BeforeEach
    void start() throws Exception {
        keystone = new ScriptedKeystone();
    }

    @AfterEach
    void stop() throws Exception {
        keystone.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void isObtainedOnce() throws Exception {
        ServiceToken token = token(CREDENTIALS);
        assertEquals("service-token-1", await(token.get()));
        assertEquals("service-token-1", await(token.get()));
    }

    @Test
    void isObtainedOnceForConcurrentCallers() throws Exception {
        ServiceToken token = token(CREDENTIALS);
        Future<String> first = token.get();
        Future<String> second = token.get();
        assertEquals("service-token-1", await(first));
        assertEquals("service-token-1", await(second));
    }

    @Test
    void isRenewedBeforeItExpires() throws Exception {
        ServiceToken token = token(CREDENTIALS);
        await(token.get());
        clock.now = clock.now.plus(Duration.ofMinutes(55));
        assertEquals("service-token-1", await(token.get()));
        awaitIssued(2);
        assertEquals("service-token-2", await(token.get()));
    }

    @Test
    void isReplacedWhenItHasExpired() throws Exception {
        ServiceToken token = token(CREDENTIALS);
        await(token.get());
        clock.now = clock.now.plus(Duration.ofHours(2));
        assertEquals("service-token-2", await(token.get()));
    }

    @Test
    void isReplacedWhenItIsRejected() throws Exception {
        ServiceToken token = token(CREDENTIALS);
        String first = await(token.get());
        token.discard(first);
        assertEquals("service-token-2", await(token.get()));
        token.discard(first);
        assertEquals("service-token-2", await(token.get()));
    }

    @Test
    void isNotRequestedAgainImmediatelyAfterAFailure() throws Exception {
        ServiceToken token = token(Buffer.buffer("wrong"));
        assertEquals("it rejects the credentials of this service", failure(token.get()));
        keystone.close();
        assertEquals("it rejects the credentials of this service", failure(token.get()));
        clock.now = clock.now.plus(Duration.ofSeconds(2));
        assertEquals("it refuses connections", failure(token.get()));
    }

    private ServiceToken token(Buffer credentials) {
        return new ServiceToken(exchange, keystone.address() + "/v3/auth/tokens", credentials, clock);
    }

    private void awaitIssued(int tokens) throws InterruptedException {
        while (keystone.issued() < tokens) {
            Thread.sleep(10);
        }
        Thread.sleep(200);
    }

    private static String await(Future<String> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static String failure(Future<String> future) throws Exception {
        return await(future.recover(e -> Future.succeededFuture(e.getMessage())));
    }

    private static final class SetClock extends Clock {

        private Instant now = Instant.now();

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
