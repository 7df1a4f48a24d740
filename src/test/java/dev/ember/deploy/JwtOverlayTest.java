package dev.ember.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The overlay for callers with tokens of service accounts, and the pod of such a caller. */
class JwtOverlayTest {

    @Test
    void patchesExistingObjects() throws IOException {
        assertEquals(
                Manifest.only(Manifest.BASE, ConfigMap.class).getMetadata().getName(),
                patch(ConfigMap.class).getMetadata().getName());
        assertEquals(
                Manifest.only(Manifest.BASE, Deployment.class).getMetadata().getName(),
                patch(Deployment.class).getMetadata().getName());
        assertEquals(
                Workload.deployment().container().getName(),
                pod().getContainers().get(0).getName());
    }

    @Test
    void setsOnlySettingsOfTheServiceAndAllRequiredOnes() throws Exception {
        Map<String, String> settings = settings();
        Set<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(Application.settings());
        assertEquals(Set.of(), unknown);
        assertEquals("jwt", settings.get("EMBER_IDENTITY"));
        assertTrue(settings.keySet().containsAll(Set.of("EMBER_JWT_ISSUER", "EMBER_JWT_AUDIENCE")));
        assertTrue(settings.get("EMBER_JWT_ISSUER").startsWith("https://"));
        assertEquals("/kubernetes.io/namespace", settings.get("EMBER_JWT_TENANT_CLAIM"));
    }

    @Test
    void mountsTheFilesThatTheSettingsName() throws IOException {
        Volume volume = pod().getVolumes().get(0);
        var mount = pod().getContainers().get(0).getVolumeMounts().get(0);
        assertEquals(volume.getName(), mount.getName());
        assertEquals(true, mount.getReadOnly());
        List<String> files = new ArrayList<>();
        for (VolumeProjection source : volume.getProjected().getSources()) {
            if (source.getConfigMap() != null) {
                assertEquals("kube-root-ca.crt", source.getConfigMap().getName());
                source.getConfigMap()
                        .getItems()
                        .forEach(item -> files.add(mount.getMountPath() + "/" + item.getPath()));
            } else {
                files.add(mount.getMountPath() + "/"
                        + source.getServiceAccountToken().getPath());
            }
        }
        assertEquals(
                Set.of(settings().get("EMBER_JWT_CA_FILE"), settings().get("EMBER_JWT_BEARER_TOKEN_FILE")),
                Set.copyOf(files));
    }

    /** A token of the service for its own audience would let a compromised service act as a caller. */
    @Test
    void givesTheServiceATokenForTheApiServerOnly() throws IOException {
        assertEquals(null, token(pod()).getAudience());
    }

    @Test
    void givesTheClientATokenForTheAudienceOfTheService() throws IOException {
        PodSpec client = client().getSpec();
        assertEquals(settings().get("EMBER_JWT_AUDIENCE"), token(client).getAudience());
        assertEquals(false, client.getAutomountServiceAccountToken());
        var container = client.getContainers().get(0);
        var mount = container.getVolumeMounts().get(0);
        assertTrue(container
                .getCommand()
                .get(2)
                .contains("$(cat " + mount.getMountPath() + "/" + token(client).getPath() + ")"));
        assertEquals(
                "metadata.namespace",
                container.getEnv().get(0).getValueFrom().getFieldRef().getFieldPath());
    }

    @Test
    void runsTheClientWithoutPrivileges() throws IOException {
        PodSpec client = client().getSpec();
        var security = client.getContainers().get(0).getSecurityContext();
        assertEquals(true, client.getSecurityContext().getRunAsNonRoot());
        assertEquals(
                "RuntimeDefault",
                client.getSecurityContext().getSeccompProfile().getType());
        assertEquals(false, security.getAllowPrivilegeEscalation());
        assertEquals(true, security.getReadOnlyRootFilesystem());
        assertEquals(List.of("ALL"), security.getCapabilities().getDrop());
    }

    @Test
    void letsTheProcessReadItsToken() throws IOException {
        assertEquals(
                Workload.deployment().podSecurity().getRunAsGroup(),
                pod().getSecurityContext().getFsGroup());
        assertEquals(
                client().getSpec().getSecurityContext().getRunAsGroup(),
                client().getSpec().getSecurityContext().getFsGroup());
    }

    @Test
    void letsClientsOfAllNamespacesConnectAndThePodsReachTheApiServer() throws IOException {
        var policy = Manifest.only(Manifest.JWT, NetworkPolicy.class).getSpec();
        var from = policy.getIngress().get(0).getFrom().get(0);
        assertTrue(from.getNamespaceSelector().getMatchLabels().isEmpty());
        assertFalse(from.getPodSelector().getMatchLabels().isEmpty());
        assertEquals(client().getMetadata().getLabels(), from.getPodSelector().getMatchLabels());
        assertEquals(
                List.of(new IntOrString("http")),
                policy.getIngress().get(0).getPorts().stream()
                        .map(port -> port.getPort())
                        .toList());
        assertEquals(
                List.of(new IntOrString(443), new IntOrString(6443)),
                policy.getEgress().get(0).getPorts().stream()
                        .map(port -> port.getPort())
                        .toList());
    }

    private static Pod client() throws IOException {
        return Manifest.only(Manifest.CLIENTS, Pod.class);
    }

    private static Map<String, String> settings() throws IOException {
        return patch(ConfigMap.class).getData();
    }

    private static PodSpec pod() throws IOException {
        return patch(Deployment.class).getSpec().getTemplate().getSpec();
    }

    private static ServiceAccountTokenProjection token(PodSpec pod) {
        List<ServiceAccountTokenProjection> tokens = pod.getVolumes().get(0).getProjected().getSources().stream()
                .map(VolumeProjection::getServiceAccountToken)
                .filter(Objects::nonNull)
                .toList();
        assertEquals(1, tokens.size());
        return tokens.get(0);
    }

    private static <T extends HasMetadata> T patch(Class<T> type) throws IOException {
        for (Kustomization.Patch patch : Kustomization.of(Manifest.JWT).patches()) {
            HasMetadata object =
                    Manifest.object(StrictYaml.documents(patch.patch()).get(0));
            assertEquals(patch.target().kind(), object.getKind());
            if (type.isInstance(object)) {
                return type.cast(object);
            }
        }
        throw new IOException("No patch of " + type);
    }
}
