package dev.ember.housekeeping;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The settings for what the service does of its own accord. */
@ConfigMapping(prefix = "ember")
interface HousekeepingSettings {

    /**
     * {@code EMBER_STALE_DEPLOYMENT_AGE}: how long a deployment may be in progress without an update before it is taken
     * for failed. Without it, for ever.
     */
    Optional<Duration> staleDeploymentAge();

    /**
     * {@code EMBER_DEPLOYMENT_RETENTION}: how long a deployment that is not in progress is kept after its last update.
     * Without it, for ever.
     */
    Optional<Duration> deploymentRetention();

    /**
     * {@code EMBER_DEPLOYMENT_RETENTION_PER_TENANT}: how many deployments that are not in progress are kept of each
     * tenant, 1 to 1,000,000; those that were created first go. Without it, all.
     */
    OptionalInt deploymentRetentionPerTenant();

    /** {@code EMBER_HOUSEKEEPING_INTERVAL}: the pause between two rounds, and before the first. */
    @WithDefault("1M")
    Duration housekeepingInterval();
}
