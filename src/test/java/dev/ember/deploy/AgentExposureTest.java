package dev.ember.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ember.agent.AgentPath;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings of agents in the manifests, and what servers can reach. */
class AgentExposureTest {

    private static final Map<String, String> SETTINGS = Map.of(
            "EMBER_PUBLIC_URL", "ember-agents/public-url",
            "EMBER_SIGNING_KEY", "ember-agents/signing-key",
            "EMBER_SIGNING_KEY_PREVIOUS", "ember-agents/signing-key-previous");

    static List<Workload> services() throws IOException {
        return List.of(Workload.deployment(), Workload.knative());
    }

    @ParameterizedTest
    @MethodSource("services")
    void readsTheSettingsOfAgentsFromASecret(Workload service) {
        SETTINGS.forEach((name, secret) -> assertEquals(secret, service.env().get(name)));
    }

    @ParameterizedTest
    @MethodSource("services")
    void startsWithoutTheSecretOfAgents(Workload service) {
        List<EnvVar> variables = service.container().getEnv().stream()
                .filter(variable -> SETTINGS.containsKey(variable.getName()))
                .toList();
        assertEquals(SETTINGS.size(), variables.size());
        variables.forEach(variable ->
                assertEquals(true, variable.getValueFrom().getSecretKeyRef().getOptional(), variable.getName()));
    }

    @Test
    void givesTheMigrationNoSigningKey() throws IOException {
        Map<String, String> environment = Workload.migration().env();
        SETTINGS.keySet().forEach(name -> assertFalse(environment.containsKey(name), name));
    }

    @Test
    void exposesThePathsOfAgentsOnly() throws IOException {
        var spec = Manifest.only(Manifest.AGENTS, Ingress.class).getSpec();
        assertNull(spec.getDefaultBackend());
        assertEquals(1, spec.getRules().size());
        var paths = spec.getRules().get(0).getHttp().getPaths();
        assertEquals(1, paths.size());
        assertEquals(AgentPath.PREFIX, paths.get(0).getPath());
        assertEquals("Prefix", paths.get(0).getPathType());
        Service service = Manifest.only(Manifest.BASE, Service.class);
        var backend = paths.get(0).getBackend().getService();
        assertEquals(service.getMetadata().getName(), backend.getName());
        assertEquals(
                service.getSpec().getPorts().get(0).getName(), backend.getPort().getName());
    }

    @Test
    void encryptsTheRequestsOfAgentsAndLogsNoSignature() throws IOException {
        Ingress ingress = Manifest.only(Manifest.AGENTS, Ingress.class);
        assertEquals(
                List.of(ingress.getSpec().getRules().get(0).getHost()),
                ingress.getSpec().getTls().get(0).getHosts());
        assertEquals(
                "false", ingress.getMetadata().getAnnotations().get("nginx.ingress.kubernetes.io/enable-access-log"));
    }

    @Test
    void letsOnlyTheIngressControllerConnectToThePods() throws IOException {
        NetworkPolicySpec policy =
                Manifest.only(Manifest.AGENTS, NetworkPolicy.class).getSpec();
        assertEquals(
                Manifest.only(Manifest.BASE, Service.class).getSpec().getSelector(),
                policy.getPodSelector().getMatchLabels());
        assertEquals(List.of("Ingress"), policy.getPolicyTypes());
        assertEquals(1, policy.getIngress().size());
        var rule = policy.getIngress().get(0);
        assertEquals(1, rule.getFrom().size());
        assertFalse(
                rule.getFrom().get(0).getNamespaceSelector().getMatchLabels().isEmpty());
        assertFalse(rule.getFrom().get(0).getPodSelector().getMatchLabels().isEmpty());
        assertEquals(
                List.of(new IntOrString("http")),
                rule.getPorts().stream().map(port -> port.getPort()).toList());
    }
}
