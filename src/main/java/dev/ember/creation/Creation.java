package dev.ember.creation;

import dev.ember.idempotency.KeyedRequest;
import dev.ember.identity.Caller;
import dev.ember.tenant.Scope;

/**
 * A request to create a resource.
 *
 * @param resource the resource to store
 * @param scope the tenant of the resource, and the project of the stack user that the resource names or null
 * @param isExempt whether the caller is exempt from quotas
 * @param keyed the idempotency key of the request with the response to store, or null without a key
 */
public record Creation<R>(R resource, Scope scope, boolean isExempt, KeyedRequest keyed) {

    public static <R> Creation<R> of(R resource, Caller caller, String stackUserProject, KeyedRequest keyed) {
        return new Creation<>(resource, new Scope(caller.project(), stackUserProject), caller.administrator(), keyed);
    }
}
