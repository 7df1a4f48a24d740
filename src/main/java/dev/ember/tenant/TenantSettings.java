package dev.ember.tenant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The setting for databases that store each tenant's rows in one of many places. */
@ConfigMapping(prefix = "ember")
interface TenantSettings {

    /** {@code EMBER_BATCH_BY_TENANT}: whether all rows of a statement and of a transaction belong to one tenant. */
    @WithDefault("false")
    String batchByTenant();
}
