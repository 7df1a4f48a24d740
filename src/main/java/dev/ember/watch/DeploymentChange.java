package dev.ember.watch;

import java.util.List;
import java.util.UUID;

/**
 * A committed change of a deployment: it was created, updated or deleted.
 *
 * @param tenant the tenant that owns the deployment
 * @param stackUserProject the second project that sees the deployment, or null
 */
public record DeploymentChange(String tenant, String stackUserProject, String serverId, UUID deployment) {

    /** Returns what a client may wait for to see this change. */
    List<Topic> topics() {
        List<Topic> ofTenant = List.of(Topic.deployment(deployment), Topic.server(serverId), Topic.project(tenant));
        return stackUserProject == null || stackUserProject.equals(tenant)
                ? ofTenant
                : List.of(ofTenant.get(0), ofTenant.get(1), ofTenant.get(2), Topic.project(stackUserProject));
    }
}
