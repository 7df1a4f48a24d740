package dev.ember.quota;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The settings for the quotas of a tenant. */
@ConfigMapping(prefix = "ember")
interface QuotaSettings {

    /** {@code EMBER_QUOTA_DEPLOYMENTS}: the maximum number of deployments of a tenant, or -1 for no limit. */
    @WithDefault("-1")
    int quotaDeployments();

    /** {@code EMBER_QUOTA_CONFIGS}: the maximum number of configs of a tenant, or -1 for no limit. */
    @WithDefault("-1")
    int quotaConfigs();
}
