package dev.ember.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

// cspell:ignore metadatas maxsurge podselector Treshold
class StrictYamlTest {

    @ParameterizedTest
    @CsvSource({
        "kubernetes/base/deployment.yaml, metadata, metadatas",
        "kubernetes/base/deployment.yaml, maxSurge, maxsurge",
        "kubernetes/base/deployment.yaml, readOnlyRootFilesystem, readOnlyRootFileSystem",
        "kubernetes/base/deployment.yaml, failureThreshold, failureTreshold",
        "kubernetes/base/deployment.yaml, secretKeyRef, secretKeyReference",
        "kubernetes/base/horizontalpodautoscaler.yaml, averageUtilization, averageUtilisation",
        "kubernetes/base/migration-job.yaml, backoffLimit, backOffLimit",
        "kubernetes/base/networkpolicy.yaml, podSelector, podselector",
        "kubernetes/base/poddisruptionbudget.yaml, minAvailable, minimumAvailable",
        "kubernetes/base/service.yaml, targetPort, target",
        "kubernetes/base/servicemonitor.yaml, endpoints, endpoint",
        "kubernetes/base/servicemonitor.yaml, path, paths",
        "kubernetes/overlays/cloudnativepg/cluster.yaml, failoverQuorum, quorum",
        "kubernetes/overlays/cloudnativepg/cluster.yaml, passwordSecret, secret",
        "knative/service.yaml, containerConcurrency, concurrency"
    })
    void rejectsAMisspelledField(Path file, String field, String misspelled) throws IOException {
        String manifest = Files.readString(Manifest.DEPLOY.resolve(file));
        assertTrue(manifest.contains(field));
        assertThrows(PropertyBindingException.class, () -> objects(manifest.replace(field + ":", misspelled + ":")));
    }

    @Test
    void rejectsADuplicateField() {
        assertThrows(
                JsonProcessingException.class,
                () -> objects(
                        """
                apiVersion: v1
                kind: ConfigMap
                kind: ConfigMap
                """));
    }

    @ParameterizedTest
    @CsvSource({"false", "8", "1.5"})
    void rejectsAValueThatIsNotAString(String value) {
        assertThrows(
                MismatchedInputException.class,
                () -> objects(
                        """
                apiVersion: v1
                kind: ConfigMap
                data:
                  EMBER_MIGRATE_AT_START: %s
                """
                                .formatted(value)));
    }

    @Test
    void rejectsAnUnknownKind() {
        assertThrows(
                IOException.class,
                () -> objects("""
                apiVersion: v1
                kind: Secret
                """));
    }

    @Test
    void readsAValidManifest() throws IOException {
        ConfigMap settings = (ConfigMap) Manifest.object(StrictYaml.documents(
                        """
                apiVersion: v1
                kind: ConfigMap
                data:
                  EMBER_MIGRATE_AT_START: "false"
                """)
                .get(0));
        assertEquals("false", settings.getData().get("EMBER_MIGRATE_AT_START"));
    }

    private static void objects(String yaml) throws IOException {
        for (var document : StrictYaml.documents(yaml)) {
            Manifest.object(document);
        }
    }
}
