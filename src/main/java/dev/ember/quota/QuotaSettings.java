package dev.ember.quota;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The settings for how much a tenant may keep. */
@ConfigMapping(prefix = "ember")
interface QuotaSettings {

    /** {@code EMBER_QUOTA_DEPLOYMENTS}: the most deployments of a tenant, or -1 for any number. */
    @WithDefault("-1")
    int quotaDeployments();

    /** {@code EMBER_QUOTA_CONFIGS}: the most configs of a tenant, or -1 for any number. */
    @WithDefault("-1")
    int quotaConfigs();
}
