package dev.ember.quota;

import dev.ember.fault.QuotaExceeded;

/** The maximum number of resources of one kind per tenant. */
public final class Quota {

    private static final int UNLIMITED = -1;

    private final String resources;
    private final int limit;

    /**
     * @param resources the kind, {@code deployments} or {@code configs}
     * @param limit the maximum, or -1 for no quota
     */
    Quota(String resources, int limit) {
        this.resources = resources;
        this.limit = limit;
    }

    /** Returns whether there is a quota. Without a quota, resources are not counted. */
    public boolean applies() {
        return limit != UNLIMITED;
    }

    /** Creates the fault of a request that would exceed the quota. */
    public QuotaExceeded exceeded() {
        return new QuotaExceeded(resources, limit);
    }

    String resources() {
        return resources;
    }

    int limit() {
        return limit;
    }
}
