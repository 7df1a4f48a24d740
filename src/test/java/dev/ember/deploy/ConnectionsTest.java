package dev.ember.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** All pods together need no more connections than PostgreSQL accepts. */
class ConnectionsTest {

    /**
     * The default {@code max_connections} of PostgreSQL, minus {@code superuser_reserved_connections}, minus the
     * connections of the migration.
     */
    private static final int CONNECTIONS = 100 - 3 - 2;

    @Test
    void deploymentFitsIntoTheConnectionLimit() throws IOException {
        int pods = Manifest.only(Manifest.BASE, HorizontalPodAutoscaler.class)
                .getSpec()
                .getMaxReplicas();
        int surge = Manifest.only(Manifest.BASE, Deployment.class)
                .getSpec()
                .getStrategy()
                .getRollingUpdate()
                .getMaxSurge()
                .getIntVal();
        assertTrue((pods + surge) * poolSize(Workload.deployment()) <= CONNECTIONS);
    }

    @Test
    void knativeServiceFitsIntoTheConnectionLimit() throws IOException {
        int pods = Integer.parseInt(Manifest.only(Manifest.KNATIVE, Service.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get("autoscaling.knative.dev/max-scale"));
        assertTrue(pods * poolSize(Workload.knative()) <= CONNECTIONS);
    }

    @Test
    void idleKnativePodsHoldNoConnections() throws IOException {
        assertEquals("0", Workload.knative().env().get("QUARKUS_DATASOURCE_JDBC_MIN_SIZE"));
    }

    private static int poolSize(Workload workload) {
        return Integer.parseInt(workload.env().get("QUARKUS_DATASOURCE_JDBC_MAX_SIZE"));
    }
}
