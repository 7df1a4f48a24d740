package dev.ember.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointsTest {

    @Test
    void containersExposeThePortOfTheService() throws IOException {
        assertEquals(List.of(new ContainerPort(Application.port(), null, null, "http", null)), ports("deployment"));
        assertEquals(List.of(new ContainerPort(Application.port(), null, null, "http1", null)), ports("knative"));
    }

    @Test
    void serviceTargetsThePortOfTheContainer() throws IOException {
        assertEquals(new IntOrString("http"), servicePort().getTargetPort());
    }

    @Test
    void probesRequestTheHealthEndpoints() throws IOException {
        Container container = Workload.deployment().container();
        IntOrString port = new IntOrString("http");
        assertRequests(Application.health("started"), port, container.getStartupProbe());
        assertRequests(Application.health("live"), port, container.getLivenessProbe());
        assertRequests(Application.health("ready"), port, container.getReadinessProbe());
    }

    @Test
    void knativeProbesRequestTheHealthEndpoints() throws IOException {
        Container container = Workload.knative().container();
        assertNull(container.getStartupProbe());
        assertRequests(Application.health("live"), null, container.getLivenessProbe());
        assertRequests(Application.health("ready"), null, container.getReadinessProbe());
    }

    @Test
    void monitorScrapesTheMetricsEndpoint() throws IOException {
        var endpoints =
                Manifest.only(Manifest.BASE, ServiceMonitor.class).getSpec().getEndpoints();
        assertEquals(1, endpoints.size());
        assertEquals(Application.metrics(), endpoints.get(0).getPath());
        assertEquals(servicePort().getName(), endpoints.get(0).getPort());
    }

    /** EMBER_IDENTITY=none lets every client act for every tenant, so only trusted clients may connect. */
    @Test
    void untrustedClientsCannotReachTheService() throws IOException {
        assertEquals(
                List.of("Ingress", "Egress"),
                Manifest.only(Manifest.BASE, NetworkPolicy.class).getSpec().getPolicyTypes());
        assertEquals(
                "cluster-local",
                Manifest.only(Manifest.KNATIVE, io.fabric8.knative.serving.v1.Service.class)
                        .getMetadata()
                        .getLabels()
                        .get("networking.knative.dev/visibility"));
    }

    @Test
    void ingressAllowsTheHttpPortOnly() throws IOException {
        var ingress =
                Manifest.only(Manifest.BASE, NetworkPolicy.class).getSpec().getIngress();
        assertEquals(2, ingress.size());
        for (var rule : ingress) {
            assertEquals(1, rule.getFrom().size());
            assertEquals(1, rule.getPorts().size());
            assertEquals(new IntOrString("http"), rule.getPorts().get(0).getPort());
        }
    }

    @Test
    void egressAllowsDnsAndTheDatabaseOnly() throws IOException {
        var egress = Manifest.only(Manifest.BASE, NetworkPolicy.class).getSpec().getEgress();
        assertEquals(
                List.of("53/UDP", "53/TCP", "5432/TCP"),
                egress.stream()
                        .flatMap(rule -> rule.getPorts().stream())
                        .map(port -> port.getPort().getIntVal() + "/" + port.getProtocol())
                        .toList());
    }

    private static List<ContainerPort> ports(String workload) throws IOException {
        return Workload.all().stream()
                .filter(candidate -> candidate.name().equals(workload))
                .flatMap(found -> found.container().getPorts().stream())
                .toList();
    }

    private static ServicePort servicePort() throws IOException {
        List<ServicePort> ports =
                Manifest.only(Manifest.BASE, Service.class).getSpec().getPorts();
        assertEquals(1, ports.size());
        return ports.get(0);
    }

    private static void assertRequests(String path, IntOrString port, Probe probe) {
        assertEquals(path, probe.getHttpGet().getPath());
        assertEquals(port, probe.getHttpGet().getPort());
    }
}
