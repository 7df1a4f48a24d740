package dev.ember.lifecycle;

import java.time.Duration;

/** What the settings for times of the service's own chores have in common. */
public final class DurationSetting {

    /** Far beyond any use, and within what the database can reckon with. */
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private DurationSetting() {}

    /**
     * A time in whole seconds.
     *
     * @param variable the environment variable that sets it
     * @throws StartRefused when it is shorter than a second or longer than 3,650 days
     */
    public static long seconds(String variable, Duration value) {
        if (value.toSeconds() < 1 || value.compareTo(LONGEST) > 0) {
            throw new StartRefused(variable + " is '" + value + "'; it must be from 1S to 3650D.");
        }
        return value.toSeconds();
    }
}
