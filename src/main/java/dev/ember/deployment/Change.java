package dev.ember.deployment;

import dev.ember.etag.IfMatch;
import dev.ember.limits.RequestMemory;
import dev.ember.tenant.Scope;
import java.util.UUID;

/**
 * A request to update or delete a deployment in one of the tenants that the project sees.
 *
 * @param scope the tenant in which the deployment is looked up
 * @param condition the precondition of the request
 * @param update the new values, or null to delete the deployment
 * @param origin the request, for the event of an update; null for a deletion
 * @param memory the memory that the request acquires for a large response; null for a deletion
 */
record Change(
        Scope scope, UUID id, IfMatch condition, SoftwareDeploymentUpdate update, Origin origin, RequestMemory memory) {

    Change inScope(Scope otherScope) {
        return new Change(otherScope, id, condition, update, origin, memory);
    }

    SoftwareDeployment.Key key() {
        return new SoftwareDeployment.Key(scope.tenant(), id);
    }
}
