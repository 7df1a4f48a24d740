package dev.ember.packaged;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

class PackageContentsIT {

    @Test
    void excludesTheDatabaseOfDevMode() throws IOException {
        assumeTrue(PackagedService.isJar());
        List<Path> jars;
        try (Stream<Path> files = Files.walk(PackagedService.artifact().getParent())) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        assertFalse(jars.isEmpty());
        for (Path jar : jars) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                assertFalse(
                        zip.stream()
                                .map(entry -> entry.getName())
                                .anyMatch(name ->
                                        name.startsWith("io/zonky") || name.matches("dev/ember/development/.+")),
                        jar.toString());
            }
        }
    }
}
