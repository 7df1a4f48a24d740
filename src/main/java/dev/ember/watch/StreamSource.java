package dev.ember.watch;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** What a client watches: the deployments that a project sees and that match a filter. */
public interface StreamSource {

    /** The changes that may concern the source. */
    Topic topic();

    /** Finds the next deployments of the source by id, after a marker or from the beginning. */
    CompletionStage<List<UUID>> findAfter(UUID marker, int limit);

    /** Returns whether the source may contain the deployment of a change, or may have contained it. */
    boolean mayContain(DeploymentChange change);

    /** Returns whether an update can move a deployment into the source or out of it. */
    boolean canChange();

    /**
     * Returns whether the source contains a deployment.
     *
     * @param json the deployment as the API shows it
     */
    boolean contains(byte[] json);
}
