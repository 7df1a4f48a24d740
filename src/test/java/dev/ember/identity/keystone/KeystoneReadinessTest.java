package dev.ember.identity.keystone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeystoneReadinessTest {

    private final Vertx vertx = Vertx.vertx();
    private ScriptedKeystone server;
    private KeystoneClient keystone;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedKeystone();
        keystone = KeystoneTestClient.of(vertx, server.address() + "/v3");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void isUpOnceTheFirstServiceTokenWasObtained() throws Exception {
        assertEquals(Status.DOWN, status());
        keystone.start();
        awaitUp();
    }

    @Test
    void isDownWhileKeystoneRejectsTheCredentialsAndUpSoonAfter() throws Exception {
        server.setUserDisabled(true);
        keystone.start();
        awaitRejections(2);
        assertEquals(Status.DOWN, status());

        server.setUserDisabled(false);
        awaitUp();
        assertEquals(1, server.issued());
    }

    @Test
    void isUpAfterARequestMadeTheServiceAuthenticate() throws Exception {
        keystone.validate(TestToken.valid("p", "member").text())
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertEquals(Status.UP, status());
    }

    @Test
    void staysUpWhenKeystoneIsUnreachable() throws Exception {
        keystone.start();
        awaitUp();
        server.close();
        String reason = keystone.validate("token")
                .map("validated")
                .otherwise(Throwable::getMessage)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);

        assertEquals("it refuses connections", reason);
        assertEquals(Status.UP, status());
    }

    private Status status() {
        return new KeystoneReadiness(keystone).call().getStatus();
    }

    private void awaitUp() throws InterruptedException {
        Instant end = Instant.now().plusSeconds(20);
        while (status() == Status.DOWN) {
            assertTrue(Instant.now().isBefore(end));
            Thread.sleep(10);
        }
    }

    private void awaitRejections(int number) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(20);
        while (server.rejectedLogins() < number) {
            assertTrue(Instant.now().isBefore(end));
            Thread.sleep(10);
        }
    }
}
