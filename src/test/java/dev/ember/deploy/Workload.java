package dev.ember.deploy;

import io.fabric8.knative.serving.v1.RevisionSpec;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A container that runs Ember's image in a cluster, with its pod. */
record Workload(
        String name,
        Container container,
        PodSecurityContext podSecurity,
        List<Volume> volumes,
        Map<String, String> env) {

    static List<Workload> all() throws IOException {
        return List.of(deployment(), migration(), knative());
    }

    static Workload deployment() throws IOException {
        Deployment deployment = Manifest.only(Manifest.BASE, Deployment.class);
        return ofPod("deployment", deployment.getSpec().getTemplate().getSpec());
    }

    static Workload migration() throws IOException {
        Job job = Manifest.only(Manifest.BASE, Job.class);
        return ofPod("migration", job.getSpec().getTemplate().getSpec());
    }

    static Workload knative() throws IOException {
        RevisionSpec revision = Manifest.only(Manifest.KNATIVE, Service.class)
                .getSpec()
                .getTemplate()
                .getSpec();
        Container container = only(revision.getContainers());
        return new Workload("knative", container, null, revision.getVolumes(), environment(container));
    }

    @Override
    public String toString() {
        return name;
    }

    private static Workload ofPod(String name, PodSpec pod) throws IOException {
        Container container = only(pod.getContainers());
        return new Workload(name, container, pod.getSecurityContext(), pod.getVolumes(), environment(container));
    }

    private static Container only(List<Container> containers) {
        if (containers.size() != 1) {
            throw new IllegalStateException(containers.size() + " containers");
        }
        return containers.get(0);
    }

    /** Returns the environment of the container. A value from a Secret has the form {@code name/key}. */
    private static Map<String, String> environment(Container container) throws IOException {
        Map<String, String> values = new TreeMap<>();
        for (var source : container.getEnvFrom()) {
            ConfigMap settings = Manifest.only(Manifest.BASE, ConfigMap.class);
            if (!settings.getMetadata()
                    .getName()
                    .equals(source.getConfigMapRef().getName())) {
                throw new IllegalStateException("No such ConfigMap: " + source);
            }
            values.putAll(settings.getData());
        }
        container.getEnv().forEach(variable -> values.put(variable.getName(), value(variable)));
        return values;
    }

    private static String value(EnvVar variable) {
        if (variable.getValueFrom() == null) {
            return variable.getValue();
        }
        var secret = variable.getValueFrom().getSecretKeyRef();
        return secret.getName() + "/" + secret.getKey();
    }
}
