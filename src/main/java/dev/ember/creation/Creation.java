package dev.ember.creation;

import dev.ember.idempotency.KeyedRequest;
import dev.ember.identity.Caller;
import dev.ember.tenant.Scope;

/**
 * A request to create a resource.
 *
 * @param resource the resource as it is to be stored
 * @param scope the tenant of the resource, with the stack user's project that it names, or null
 * @param isExempt whether the caller is exempt from quotas
 * @param keyed the request's idempotency key with the response to store; null without a key
 */
public record Creation<R>(R resource, Scope scope, boolean isExempt, KeyedRequest keyed) {

    public static <R> Creation<R> of(R resource, Caller caller, String stackUserProject, KeyedRequest keyed) {
        return new Creation<>(resource, new Scope(caller.project(), stackUserProject), caller.administrator(), keyed);
    }
}
