package dev.ember.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Kubernetes pod security standard "restricted", and stricter rules of this project. */
class PodSecurityTest {

    private static final String WORKLOADS = "dev.ember.deploy.Workload#all";

    @ParameterizedTest
    @MethodSource(WORKLOADS)
    void doesNotRunAsRoot(Workload workload) {
        assertEquals(true, either(workload, SecurityContext::getRunAsNonRoot, PodSecurityContext::getRunAsNonRoot));
    }

    @ParameterizedTest
    @MethodSource(WORKLOADS)
    void runsAsTheUserOfTheImage(Workload workload) throws IOException {
        Long user = either(workload, SecurityContext::getRunAsUser, PodSecurityContext::getRunAsUser);
        Long group = either(workload, SecurityContext::getRunAsGroup, PodSecurityContext::getRunAsGroup);
        assertEquals(List.of(user + ":" + group), Dockerfiles.users());
    }

    @ParameterizedTest
    @MethodSource(WORKLOADS)
    void usesTheDefaultSeccompProfile(Workload workload) {
        var profile = either(workload, SecurityContext::getSeccompProfile, PodSecurityContext::getSeccompProfile);
        assertEquals("RuntimeDefault", profile.getType());
    }

    @ParameterizedTest
    @MethodSource(WORKLOADS)
    void cannotEscalatePrivileges(Workload workload) {
        SecurityContext security = workload.container().getSecurityContext();
        assertEquals(false, security.getAllowPrivilegeEscalation());
        assertNull(security.getPrivileged());
    }

    @ParameterizedTest
    @MethodSource(WORKLOADS)
    void dropsAllCapabilities(Workload workload) {
        var capabilities = workload.container().getSecurityContext().getCapabilities();
        assertEquals(List.of("ALL"), capabilities.getDrop());
        assertEquals(List.of(), capabilities.getAdd());
    }

    @ParameterizedTest
    @MethodSource(WORKLOADS)
    void hasAReadOnlyFileSystemAndNoVolumes(Workload workload) {
        assertEquals(true, workload.container().getSecurityContext().getReadOnlyRootFilesystem());
        assertEquals(List.of(), workload.volumes());
        assertEquals(List.of(), workload.container().getVolumeMounts());
    }

    @ParameterizedTest
    @MethodSource(WORKLOADS)
    void limitsMemoryButNotCpu(Workload workload) {
        var resources = workload.container().getResources();
        assertEquals(List.of("memory"), List.copyOf(resources.getLimits().keySet()));
        assertNotNull(resources.getRequests().get("memory"));
        assertNotNull(resources.getRequests().get("cpu"));
    }

    @Test
    void mountsNoServiceAccountToken() throws IOException {
        for (Path folder : List.of(Manifest.BASE, Manifest.KNATIVE)) {
            assertEquals(false, Manifest.only(folder, ServiceAccount.class).getAutomountServiceAccountToken());
        }
    }

    /** Returns the value of the container, or the value of the pod if the container has none. */
    private static <T> T either(
            Workload workload, Function<SecurityContext, T> container, Function<PodSecurityContext, T> pod) {
        T value = container.apply(workload.container().getSecurityContext());
        return value == null && workload.podSecurity() != null ? pod.apply(workload.podSecurity()) : value;
    }
}
