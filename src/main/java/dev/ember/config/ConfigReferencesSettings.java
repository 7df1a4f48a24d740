package dev.ember.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The setting for what a deployment may refer to. */
@ConfigMapping(prefix = "ember")
interface ConfigReferencesSettings {

    /** {@code EMBER_CONFIG_REFERENCES}: {@code any} or {@code known}. */
    @WithDefault("any")
    String configReferences();
}
