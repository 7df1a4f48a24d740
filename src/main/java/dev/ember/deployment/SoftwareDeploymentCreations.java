package dev.ember.deployment;

import dev.ember.config.ConfigReferences;
import dev.ember.config.ConfigReferences.Reference;
import dev.ember.creation.Creation;
import dev.ember.creation.Creations;
import dev.ember.database.Batcher;
import dev.ember.fault.Fault;
import dev.ember.fault.InvalidData;
import dev.ember.idempotency.StoredResponse;
import dev.ember.quota.Quotas;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Stores new deployments. */
@ApplicationScoped
class SoftwareDeploymentCreations implements Creations.Check<SoftwareDeployment> {

    private final ConfigReferences references;
    private final DeploymentMetrics metrics;
    private final Batcher<Creation<SoftwareDeployment>, Creations.Result> batcher;

    SoftwareDeploymentCreations(
            Creations creations,
            Quotas quotas,
            ConfigReferences references,
            SoftwareDeploymentInserts inserts,
            DeploymentMetrics metrics) {
        this.references = references;
        this.metrics = metrics;
        this.batcher = creations.batcher(
                "deployment-creates", quotas.deployments(), SoftwareDeployment::countOf, this, inserts::insert);
    }

    @PreDestroy
    void close() {
        batcher.close();
    }

    /**
     * Stores a deployment. The deployment is durable when the returned stage completes.
     *
     * @return the stored response when the idempotency key of the request already has one, else empty; fails with a
     *     {@link Fault} when the deployment is not created
     */
    CompletionStage<Optional<StoredResponse>> store(Creation<SoftwareDeployment> creation) {
        return batcher.add(creation).thenApply(Creations.Result::get).thenApply(stored -> {
            if (stored.isEmpty()) {
                metrics.stored(creation.resource().status);
            }
            return stored;
        });
    }

    @Override
    public boolean isNeeded() {
        return references.areChecked();
    }

    @Override
    public Map<Integer, Fault> faults(List<SoftwareDeployment> deployments) {
        List<Reference> wanted = deployments.stream()
                .map(deployment -> new Reference(deployment.tenantId, deployment.configId))
                .toList();
        Set<Reference> valid = references.lock(new HashSet<>(wanted));
        Map<Integer, Fault> faults = new HashMap<>();
        for (int position = 0; position < wanted.size(); position++) {
            if (!valid.contains(wanted.get(position))) {
                faults.put(
                        position, InvalidData.unknownConfig(wanted.get(position).configId()));
            }
        }
        return faults;
    }
}
