package dev.ember.quota;

import dev.ember.fault.QuotaExceeded;
import dev.ember.settings.InvalidConfiguration;
import java.util.regex.Pattern;

/** The maximum number of resources of one kind per tenant. */
public final class Quota {

    private static final Pattern NUMBER = Pattern.compile("-1|[0-9]{1,9}");
    private static final int UNLIMITED = -1;

    private final String resources;
    private final int limit;

    /**
     * @param resources the kind, {@code deployments} or {@code configs}
     * @param variable the environment variable that sets the quota
     * @throws InvalidConfiguration when the setting is invalid
     */
    Quota(String resources, String variable, String setting) {
        if (!NUMBER.matcher(setting).matches()) {
            throw InvalidConfiguration.setting(
                    variable, setting, "a number between 0 and 999999999, or -1 for no quota");
        }
        this.resources = resources;
        this.limit = Integer.parseInt(setting);
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
