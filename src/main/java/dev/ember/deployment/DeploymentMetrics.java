package dev.ember.deployment;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Counts the statuses that requests store. The bean is created at startup, so that the metrics exist before the first
 * request.
 */
@Startup
@ApplicationScoped
class DeploymentMetrics {

    private final Map<DeploymentStatus, Counter> statuses = new EnumMap<>(DeploymentStatus.class);

    DeploymentMetrics(MeterRegistry meters) {
        for (DeploymentStatus status : DeploymentStatus.values()) {
            statuses.put(
                    status,
                    Counter.builder("ember.deployment.statuses")
                            .tag("status", status.name().toLowerCase(Locale.ROOT))
                            .description("Statuses that creates, updates and signals have stored")
                            .register(meters));
        }
    }

    /**
     * Counts a status after its transaction was committed.
     *
     * @param status the status of the request, or null if the request has none
     */
    void stored(DeploymentStatus status) {
        if (status != null) {
            statuses.get(status).increment();
        }
    }
}
