package dev.ember.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LabelsTest {

    private Deployment deployment;
    private Map<String, String> pod;
    private Map<String, String> migration;

    @BeforeEach
    void read() throws IOException {
        deployment = Manifest.only(Manifest.BASE, Deployment.class);
        pod = deployment.getSpec().getTemplate().getMetadata().getLabels();
        Job job = Manifest.only(Manifest.BASE, Job.class);
        migration = job.getSpec().getTemplate().getMetadata().getLabels();
    }

    @Test
    void deploymentSelectsItsPodsOnly() {
        assertSelectsPodsOnly(deployment.getSpec().getSelector().getMatchLabels());
    }

    @Test
    void serviceSelectsThePodsOnly() throws IOException {
        assertSelectsPodsOnly(
                Manifest.only(Manifest.BASE, Service.class).getSpec().getSelector());
    }

    @Test
    void disruptionBudgetSelectsThePodsOnly() throws IOException {
        assertSelectsPodsOnly(Manifest.only(Manifest.BASE, PodDisruptionBudget.class)
                .getSpec()
                .getSelector()
                .getMatchLabels());
    }

    @Test
    void topologySpreadSelectsThePodsOnly() {
        var spread = deployment.getSpec().getTemplate().getSpec().getTopologySpreadConstraints();
        assertEquals(2, spread.size());
        spread.forEach(constraint ->
                assertSelectsPodsOnly(constraint.getLabelSelector().getMatchLabels()));
    }

    @Test
    void networkPolicyCoversThePodsAndTheMigration() throws IOException {
        Map<String, String> selector = Manifest.only(Manifest.BASE, NetworkPolicy.class)
                .getSpec()
                .getPodSelector()
                .getMatchLabels();
        assertTrue(selects(selector, pod));
        assertTrue(selects(selector, migration));
    }

    @Test
    void monitorSelectsTheService() throws IOException {
        assertTrue(selects(
                Manifest.only(Manifest.BASE, ServiceMonitor.class)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels(),
                Manifest.only(Manifest.BASE, Service.class).getMetadata().getLabels()));
    }

    @Test
    void autoscalerScalesTheDeployment() throws IOException {
        var target = Manifest.only(Manifest.BASE, HorizontalPodAutoscaler.class)
                .getSpec()
                .getScaleTargetRef();
        assertEquals(deployment.getApiVersion(), target.getApiVersion());
        assertEquals(deployment.getKind(), target.getKind());
        assertEquals(deployment.getMetadata().getName(), target.getName());
    }

    @Test
    void podsAndMigrationUseTheServiceAccount() throws IOException {
        String account =
                Manifest.only(Manifest.BASE, ServiceAccount.class).getMetadata().getName();
        Job job = Manifest.only(Manifest.BASE, Job.class);
        assertEquals(account, deployment.getSpec().getTemplate().getSpec().getServiceAccountName());
        assertEquals(account, job.getSpec().getTemplate().getSpec().getServiceAccountName());
    }

    private void assertSelectsPodsOnly(Map<String, String> selector) {
        assertTrue(selects(selector, pod), selector + " selects the pods");
        assertFalse(selects(selector, migration), selector + " selects the migration");
    }

    private static boolean selects(Map<String, String> selector, Map<String, String> labels) {
        return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
    }
}
