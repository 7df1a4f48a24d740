package dev.ember.metadata;

/**
 * A server as a project sees it.
 *
 * @param id what deployments call the server
 */
record Server(String project, String id) {}
