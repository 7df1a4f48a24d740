package dev.ember.housekeeping;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The setting for housekeeping tasks. */
@ConfigMapping(prefix = "ember")
interface HousekeepingSettings {

    /** {@code EMBER_HOUSEKEEPING_INTERVAL}: the pause between two rounds, and before the first. */
    @WithDefault("1M")
    Duration housekeepingInterval();
}
