package dev.ember.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The fields of a kustomization that Ember uses. Other fields are rejected. */
record Kustomization(
        String apiVersion,
        String kind,
        String namespace,
        List<String> resources,
        List<Image> images,
        List<Replicas> replicas,
        List<SecretGenerator> secretGenerator,
        List<Patch> patches) {

    static final String FILE = "kustomization.yaml";

    Kustomization {
        replicas = Objects.requireNonNullElse(replicas, List.of());
        secretGenerator = Objects.requireNonNullElse(secretGenerator, List.of());
        patches = Objects.requireNonNullElse(patches, List.of());
    }

    record Image(String name, String newName, String newTag) {}

    record Replicas(String name, int count) {}

    record SecretGenerator(String name, List<String> literals) {

        List<String> keys() {
            return literals.stream()
                    .map(literal -> literal.substring(0, literal.indexOf('=')))
                    .toList();
        }
    }

    record Patch(Target target, String patch) {

        record Target(String kind) {}
    }

    static Kustomization of(Path folder) throws IOException {
        return StrictYaml.read(folder.resolve(FILE), Kustomization.class);
    }
}
