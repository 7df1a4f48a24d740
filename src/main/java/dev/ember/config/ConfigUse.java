package dev.ember.config;

import java.util.UUID;

/** Tells whether deployments refer to a config. */
public interface ConfigUse {

    /** Whether a deployment of the tenant refers to the config, in the present transaction. */
    boolean isInUse(String tenantId, UUID configId);
}
