package dev.ember.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The setting for clients that wait for a change. */
@ConfigMapping(prefix = "ember")
interface WatchSettings {

    /**
     * {@code EMBER_MAX_WATCHERS}: the maximum number of clients that wait for a change at the same time. A small heap
     * allows fewer.
     */
    @WithDefault("10000")
    int maxWatchers();
}
