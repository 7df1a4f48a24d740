package dev.ember.quota;

import dev.ember.fault.QuotaExceeded;

/** The most resources of a kind that a tenant may have. */
public final class Quota {

    private static final int NONE = -1;

    private final String resources;
    private final int most;

    /**
     * @param resources the kind, {@code deployments} or {@code configs}
     * @param most the setting, where -1 is no quota
     */
    Quota(String resources, int most) {
        this.resources = resources;
        this.most = most;
    }

    /** Whether there is a quota. If not, resources are not counted. */
    public boolean applies() {
        return most != NONE;
    }

    /** The fault of a request that would exceed the quota. */
    public QuotaExceeded reached() {
        return new QuotaExceeded(resources, most);
    }

    String resources() {
        return resources;
    }

    int most() {
        return most;
    }
}
