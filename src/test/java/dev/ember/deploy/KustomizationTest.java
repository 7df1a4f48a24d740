package dev.ember.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KustomizationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"base", "overlays/agents", "overlays/cloudnativepg", "overlays/development", "overlays/jwt"})
    void listsEveryFileInItsFolder(String name) throws IOException {
        Path folder = Path.of("deploy/kubernetes", name);
        Set<String> files = Manifest.files(folder).stream()
                .map(file -> folder.relativize(file).toString())
                .filter(file -> !file.equals(Kustomization.FILE))
                .collect(Collectors.toSet());
        Set<String> listed = Kustomization.of(folder).resources().stream()
                .filter(resource -> resource.endsWith(".yaml"))
                .collect(Collectors.toSet());
        assertEquals(files, listed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"base", "overlays/agents", "overlays/cloudnativepg", "overlays/development", "overlays/jwt"})
    void hasTheApiVersionAndKindOfKustomize(String name) throws IOException {
        Kustomization kustomization = Kustomization.of(Path.of("deploy/kubernetes", name));
        assertEquals("kustomize.config.k8s.io/v1beta1", kustomization.apiVersion());
        assertEquals("Kustomization", kustomization.kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/agents", "overlays/cloudnativepg", "overlays/development", "overlays/jwt"})
    void extendsTheBase(String name) throws IOException {
        Path overlay = Path.of("deploy/kubernetes", name);
        List<Path> folders = Kustomization.of(overlay).resources().stream()
                .map(resource -> overlay.resolve(resource).normalize())
                .filter(Files::isDirectory)
                .toList();
        assertEquals(List.of(Manifest.BASE), folders);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/development"})
    void setsTheVersionOfTheImageInTheManifests(String name) throws IOException {
        List<Kustomization.Image> images =
                Kustomization.of(Path.of("deploy/kubernetes", name)).images();
        assertEquals(1, images.size());
        assertEquals(images.get(0).name(), Workload.deployment().container().getImage());
        assertEquals(images.get(0).name(), Workload.migration().container().getImage());
    }

    @Test
    void usesTheSameVersionAsKnative() throws IOException {
        Kustomization.Image image = Kustomization.of(Manifest.BASE).images().get(0);
        assertEquals(
                image.name() + ":" + image.newTag(),
                Workload.knative().container().getImage());
    }

    @Test
    void generatesSecretsInDevelopmentOnly() throws IOException {
        assertEquals(List.of(), Kustomization.of(Manifest.BASE).secretGenerator());
        assertEquals(2, Kustomization.of(Manifest.DEVELOPMENT).secretGenerator().size());
    }

    @Test
    void generatesEverySecretThatDevelopmentNeeds() throws IOException {
        Set<String> given = Kustomization.of(Manifest.DEVELOPMENT).secretGenerator().stream()
                .flatMap(secret -> secret.keys().stream().map(key -> secret.name() + "/" + key))
                .collect(Collectors.toSet());
        Set<String> needed = new TreeSet<>(SettingsTest.secrets(Workload.deployment()));
        needed.addAll(SettingsTest.secrets(Workload.migration()));
        assertEquals(given, needed);
    }

    @Test
    void runsOnePodInDevelopment() throws IOException {
        Deployment deployment = Manifest.only(Manifest.BASE, Deployment.class);
        assertEquals(
                List.of(new Kustomization.Replicas(deployment.getMetadata().getName(), 1)),
                Kustomization.of(Manifest.DEVELOPMENT).replicas());
    }

    @Test
    void createsTheNamespaceOfDevelopment() throws IOException {
        assertEquals(
                Kustomization.of(Manifest.DEVELOPMENT).namespace(),
                Manifest.only(Manifest.DEVELOPMENT, Namespace.class)
                        .getMetadata()
                        .getName());
    }

    @Test
    void patchesExistingObjects() throws IOException {
        Set<String> base = Manifest.all().stream()
                .filter(manifest -> manifest.file().startsWith(Manifest.BASE))
                .map(manifest -> identity(manifest.object()))
                .collect(Collectors.toSet());
        for (Kustomization.Patch patch : Kustomization.of(Manifest.DEVELOPMENT).patches()) {
            ObjectNode document =
                    (ObjectNode) StrictYaml.documents(patch.patch()).get(0);
            assertEquals("delete", document.remove("$patch").asText());
            HasMetadata object = Manifest.object(document);
            assertEquals(patch.target().kind(), object.getKind());
            assertTrue(base.contains(identity(object)), identity(object));
        }
    }

    private static String identity(HasMetadata object) {
        return object.getApiVersion() + " " + object.getKind() + " "
                + object.getMetadata().getName();
    }
}
