package dev.ember.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Kubernetes object in a file of {@code deploy/}. */
record Manifest(Path file, HasMetadata object) {

    static final Path DEPLOY = Path.of("deploy");
    static final Path BASE = DEPLOY.resolve("kubernetes/base");
    static final Path DEVELOPMENT = DEPLOY.resolve("kubernetes/overlays/development");
    static final Path AGENTS = DEPLOY.resolve("kubernetes/overlays/agents");
    static final Path JWT = DEPLOY.resolve("kubernetes/overlays/jwt");
    static final Path CLOUDNATIVEPG = DEPLOY.resolve("kubernetes/overlays/cloudnativepg");
    static final Path CLIENTS = DEPLOY.resolve("kubernetes/clients");
    static final Path KNATIVE = DEPLOY.resolve("knative");
    static final Path COMPOSE = DEPLOY.resolve("compose.yaml");
    static final Path PROMETHEUS = DEPLOY.resolve("prometheus");

    /** The kinds that {@code deploy/} may contain. Secret is not one of them, so that no secret is committed. */
    private static final Map<String, Class<? extends HasMetadata>> TYPES = Map.ofEntries(
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 Namespace", Namespace.class),
            Map.entry("v1 Pod", Pod.class),
            Map.entry("v1 Service", io.fabric8.kubernetes.api.model.Service.class),
            Map.entry("v1 ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("batch/v1 Job", Job.class),
            Map.entry("monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class),
            Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry(PostgresCluster.KIND, PostgresCluster.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("serving.knative.dev/v1 Service", Service.class));

    /** Returns every object of every file, except the files of kustomize and compose. */
    static List<Manifest> all() throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        for (Path file : files(DEPLOY)) {
            if (!file.endsWith(Kustomization.FILE) && !file.equals(COMPOSE)) {
                for (JsonNode document : StrictYaml.documents(Files.readString(file))) {
                    manifests.add(new Manifest(file, object(document)));
                }
            }
        }
        return manifests;
    }

    /** Returns the only object of a type in a folder. */
    static <T extends HasMetadata> T only(Path folder, Class<T> type) throws IOException {
        List<T> objects = all().stream()
                .filter(manifest -> manifest.file().startsWith(folder))
                .map(Manifest::object)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
        if (objects.size() != 1) {
            throw new IllegalStateException(objects.size() + " of " + type + " in " + folder);
        }
        return objects.get(0);
    }

    /** Returns the YAML files below a folder, except those of Prometheus. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".+\\.ya?ml"))
                    .filter(file -> !file.startsWith(PROMETHEUS))
                    .sorted()
                    .toList();
        }
    }

    static HasMetadata object(JsonNode document) throws IOException {
        String kind = document.path("apiVersion").asText() + " "
                + document.path("kind").asText();
        if (!TYPES.containsKey(kind)) {
            throw new IOException("Unknown kind: " + kind);
        }
        return StrictYaml.as(TYPES.get(kind), document);
    }
}
