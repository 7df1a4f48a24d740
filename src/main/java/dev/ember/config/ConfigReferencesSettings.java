package dev.ember.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The setting for the configs that a deployment may refer to. */
@ConfigMapping(prefix = "ember")
interface ConfigReferencesSettings {

    /** {@code EMBER_CONFIG_REFERENCES}: {@code any} or {@code known}. */
    @WithDefault("any")
    Accepted configReferences();

    /** The configs that a deployment may refer to. */
    enum Accepted {
        /** Any config. It may be stored in another service. */
        ANY,
        /** Only stored configs of the deployment's tenant. */
        KNOWN
    }
}
