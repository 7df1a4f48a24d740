package dev.ember.metadata;

import dev.ember.config.SoftwareConfigView;

/**
 * A config that a server is to run.
 *
 * @param deployment the id of the deployment that says so
 */
record ServerConfig(String deployment, SoftwareConfigView config) {}
