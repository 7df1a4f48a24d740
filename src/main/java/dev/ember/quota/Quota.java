package dev.ember.quota;

import dev.ember.fault.QuotaExceeded;
import dev.ember.settings.InvalidConfiguration;
import java.util.regex.Pattern;

/** The most resources of a kind that a tenant may have. */
public final class Quota {

    private static final Pattern NUMBER = Pattern.compile("-1|[0-9]{1,9}");
    private static final int NONE = -1;

    private final String resources;
    private final int most;

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
        this.most = Integer.parseInt(setting);
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
