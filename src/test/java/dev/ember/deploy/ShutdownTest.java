package dev.ember.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShutdownTest {

    @Test
    void serviceEnablesTheShutdownDelay() throws IOException {
        assertEquals("true", Application.property("quarkus.shutdown.delay-enabled", "false"));
    }

    @Test
    void podGracePeriodCoversTheShutdown() throws IOException {
        Deployment deployment = Manifest.only(Manifest.BASE, Deployment.class);
        assertIsEnough(
                Duration.ofSeconds(deployment.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds()));
    }

    @Test
    void knativeTimeoutCoversTheShutdown() throws IOException {
        Service service = Manifest.only(Manifest.KNATIVE, Service.class);
        assertIsEnough(
                Duration.ofSeconds(service.getSpec().getTemplate().getSpec().getTimeoutSeconds()));
    }

    @Test
    void composeGracePeriodCoversTheShutdown() throws IOException {
        assertIsEnough(Duration.parse("PT" + Compose.read().ember().stopGracePeriod()));
    }

    private static void assertIsEnough(Duration grace) throws IOException {
        assertTrue(grace.compareTo(Application.shutdown()) > 0, grace + " > " + Application.shutdown());
    }
}
