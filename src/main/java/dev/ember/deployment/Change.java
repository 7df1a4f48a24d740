package dev.ember.deployment;

import dev.ember.etag.IfMatch;
import dev.ember.limits.RequestMemory;
import dev.ember.tenant.Scope;
import java.util.UUID;

/**
 * A request to change a deployment, in one of the tenants that its project sees into.
 *
 * @param update the new values; null to delete the deployment
 * @param memory of the request, which acquires what the response takes
 */
record Change(Scope scope, UUID id, IfMatch condition, SoftwareDeploymentUpdate update, RequestMemory memory) {

    Change in(Scope other) {
        return new Change(other, id, condition, update, memory);
    }

    SoftwareDeployment.Key row() {
        return new SoftwareDeployment.Key(scope.tenant(), id);
    }
}
