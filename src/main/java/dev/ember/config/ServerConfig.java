package dev.ember.config;

import java.util.UUID;

/**
 * A config that a server is to run.
 *
 * @param deployment the id of the deployment that says so
 */
public record ServerConfig(UUID deployment, SoftwareConfig config) {}
