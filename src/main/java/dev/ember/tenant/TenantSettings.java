package dev.ember.tenant;

import dev.ember.settings.TrueOrFalse;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** The setting for databases that store the rows of each tenant on one of several nodes. */
@ConfigMapping(prefix = "ember")
interface TenantSettings {

    /** {@code EMBER_BATCH_BY_TENANT}: whether all rows of a statement and of a transaction belong to one tenant. */
    @WithDefault("false")
    @WithConverter(TrueOrFalse.class)
    boolean batchByTenant();
}
