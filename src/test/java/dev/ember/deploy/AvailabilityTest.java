package dev.ember.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AvailabilityTest {

    @Test
    void rolloutStopsNoPodBeforeItsReplacementIsReady() throws IOException {
        var update = Manifest.only(Manifest.BASE, Deployment.class)
                .getSpec()
                .getStrategy()
                .getRollingUpdate();
        assertEquals(new IntOrString(0), update.getMaxUnavailable());
        assertEquals(new IntOrString(1), update.getMaxSurge());
    }

    @Test
    void onlyTheAutoscalerSetsTheNumberOfReplicas() throws IOException {
        assertNull(Manifest.only(Manifest.BASE, Deployment.class).getSpec().getReplicas());
        assertEquals(
                2,
                Manifest.only(Manifest.BASE, HorizontalPodAutoscaler.class)
                        .getSpec()
                        .getMinReplicas());
    }

    @Test
    void nodeDrainLeavesOnePodRunning() throws IOException {
        assertEquals(
                new IntOrString(1),
                Manifest.only(Manifest.BASE, PodDisruptionBudget.class)
                        .getSpec()
                        .getMinAvailable());
    }
}
