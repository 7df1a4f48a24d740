package dev.ember.metadata;

/**
 * A server as a project sees it.
 *
 * @param id what deployments call the server
 */
record Server(String project, String id) {

    /** Whether a deployment can name it: PostgreSQL stores no U+0000. */
    boolean canExist() {
        return id.indexOf(0) < 0;
    }
}
