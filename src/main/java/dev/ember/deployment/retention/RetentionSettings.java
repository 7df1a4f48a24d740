package dev.ember.deployment.retention;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The settings for deployments that are not updated any more. */
@ConfigMapping(prefix = "ember")
interface RetentionSettings {

    /**
     * {@code EMBER_STALE_DEPLOYMENT_AGE}: how long a deployment may be in progress without an update before it is set
     * to FAILED. Without the setting, without limit.
     */
    Optional<Duration> staleDeploymentAge();

    /**
     * {@code EMBER_DEPLOYMENT_RETENTION}: how long a deployment that is not in progress is stored after its last
     * update. Without the setting, without limit.
     */
    Optional<Duration> deploymentRetention();

    /**
     * {@code EMBER_DEPLOYMENT_RETENTION_PER_TENANT}: how many deployments of a tenant that are not in progress are
     * stored, 1 to 1,000,000. The oldest are deleted first. Without the setting, all are stored.
     */
    OptionalInt deploymentRetentionPerTenant();
}
