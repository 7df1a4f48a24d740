package dev.ember.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ManifestTest {

    @Test
    void readsEveryFileAsKubernetesObjects() throws IOException {
        Set<Path> files = new TreeSet<>(Manifest.files(Manifest.DEPLOY));
        files.remove(Manifest.COMPOSE);
        files.removeIf(file -> file.endsWith(Kustomization.FILE));
        assertEquals(files, Manifest.all().stream().map(Manifest::file).collect(Collectors.toSet()));
    }

    @Test
    void setsNoNamespace() throws IOException {
        List<Path> files = Manifest.all().stream()
                .filter(manifest -> manifest.object().getMetadata().getNamespace() != null)
                .map(Manifest::file)
                .toList();
        assertEquals(List.of(), files);
    }
}
