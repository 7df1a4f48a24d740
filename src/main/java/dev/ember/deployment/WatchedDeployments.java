package dev.ember.deployment;

import dev.ember.deployment.SoftwareDeploymentPages.Part;
import dev.ember.json.StoredJson;
import dev.ember.watch.DeploymentChange;
import dev.ember.watch.StreamSource;
import dev.ember.watch.Topic;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The deployments that a project sees and that match a filter.
 *
 * @param project the caller's project
 * @param changesOnly whether the client does not want the current deployments
 */
record WatchedDeployments(
        SoftwareDeploymentPages pages, String project, SoftwareDeploymentFilter filter, boolean changesOnly)
        implements StreamSource {

    @Override
    public Topic topic() {
        return filter.serverId() == null ? Topic.project(project) : Topic.server(filter.serverId());
    }

    @Override
    public CompletionStage<List<UUID>> findAfter(UUID marker, int limit) {
        return changesOnly
                ? CompletableFuture.completedStage(List.of())
                : pages.findIds(new Part(project, filter, marker, limit));
    }

    /** The server of a deployment never changes. Servers of several tenants may share the topic. */
    @Override
    public boolean mayContain(DeploymentChange change) {
        return project.equals(change.tenant()) || project.equals(change.stackUserProject());
    }

    @Override
    public boolean canChange() {
        return filter.canChange();
    }

    @Override
    public boolean contains(byte[] json) {
        return !filter.canChange() || filter.matches(StoredJson.parse(json).path("software_deployment"));
    }
}
