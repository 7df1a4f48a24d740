package dev.ember.config;

import java.util.UUID;

/** Finds out whether deployments refer to a config. */
public interface ConfigUse {

    /** Returns whether a deployment of the tenant refers to the config. Reads in the current transaction. */
    boolean isInUse(String tenantId, UUID configId);
}
