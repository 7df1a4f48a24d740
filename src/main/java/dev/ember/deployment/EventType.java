package dev.ember.deployment;

import java.util.Locale;

/** What has changed a deployment. */
public enum EventType {
    /** A request to update it. */
    UPDATED,

    /** The signal of an agent. */
    SIGNALLED,

    /** The service, which failed it because it was not updated in time. */
    EXPIRED;

    String columnValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
