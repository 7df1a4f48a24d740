package dev.ember.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bill of materials that the build writes in CycloneDX format. */
class BillOfMaterialsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path LIBRARIES = Path.of("target/quarkus-app/lib");

    @Test
    void hasNoVersionWithAKnownVulnerability() throws IOException {
        Map<String, String> versions = versions();
        List<Advisory> advisories = Arrays.asList(JSON.treeToValue(
                JSON.readTree(Path.of("docs/security/advisories.json").toFile()).get("advisories"), Advisory[].class));
        assertTrue(advisories.size() > 5, "only " + advisories.size());
        List<Advisory> affecting = advisories.stream()
                .filter(advisory -> versions.containsKey(advisory.packageName())
                        && advisory.affects(versions.get(advisory.packageName())))
                .toList();
        assertEquals(List.of(), affecting);
    }

    @Test
    void listsEveryShippedLibrary() throws IOException {
        assumeTrue(PackagedService.isJar(), "The native binary is one file");
        Set<String> listed = versions().entrySet().stream()
                .map(library -> library.getKey().replace(':', '.') + "-" + library.getValue() + ".jar")
                .collect(Collectors.toSet());
        try (Stream<Path> libraries = Files.walk(LIBRARIES)) {
            List<String> unlisted = libraries
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar") && !listed.contains(name))
                    .toList();
            assertEquals(List.of(), unlisted);
        }
    }

    /** The version of each package, by group and artifact. */
    private static Map<String, String> versions() throws IOException {
        Map<String, String> versions = new HashMap<>();
        for (JsonNode component :
                JSON.readTree(Path.of("target/bom.json").toFile()).get("components")) {
            versions.put(
                    component.get("group").asText() + ":"
                            + component.get("name").asText(),
                    component.get("version").asText());
        }
        assertTrue(versions.size() > 100, "only " + versions.size());
        return versions;
    }
}
