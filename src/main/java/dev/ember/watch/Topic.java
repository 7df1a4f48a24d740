package dev.ember.watch;

import java.util.UUID;

/** Something whose changes a client can wait for. Servers of different tenants may share a topic. */
public record Topic(Kind kind, String id) {

    enum Kind {
        DEPLOYMENT,
        SERVER,
        PROJECT
    }

    /** The changes of one deployment. */
    public static Topic deployment(UUID id) {
        return new Topic(Kind.DEPLOYMENT, id.toString());
    }

    /** The changes of all deployments of a server. */
    public static Topic server(String id) {
        return new Topic(Kind.SERVER, id);
    }

    /** The changes of all deployments that a project sees. */
    public static Topic project(String id) {
        return new Topic(Kind.PROJECT, id);
    }
}
