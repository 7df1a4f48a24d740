package dev.ember.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The setting for what a deployment may refer to. */
@ConfigMapping(prefix = "ember")
interface ConfigReferencesSettings {

    /** {@code EMBER_CONFIG_REFERENCES}: {@code any} or {@code known}. */
    @WithDefault("any")
    Accepted configReferences();

    /** The configs that a deployment may refer to. */
    enum Accepted {
        /** Any, which may be stored elsewhere. */
        ANY,
        /** Those that are stored here, in the tenant of the deployment. */
        KNOWN
    }
}
