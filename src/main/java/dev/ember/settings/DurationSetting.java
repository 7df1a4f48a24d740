package dev.ember.settings;

import java.time.Duration;

/** The bounds of settings that are times. */
public final class DurationSetting {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Far beyond any use, and within what the database can reckon with. */
    private static final Duration MAX = Duration.ofDays(3_650);

    private DurationSetting() {}

    /**
     * A time in whole seconds.
     *
     * @param variable the environment variable that sets it
     * @throws InvalidConfiguration when it is shorter than a second or longer than 3,650 days
     */
    public static long seconds(String variable, Duration value) {
        return between(variable, value, SECOND, MAX).toSeconds();
    }

    /**
     * A time within bounds, which belong to them.
     *
     * @param variable the environment variable that sets it
     * @throws InvalidConfiguration when it is beyond a bound
     */
    public static Duration between(String variable, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw InvalidConfiguration.setting(variable, value, "between " + text(min) + " and " + text(max));
        }
        return value;
    }

    /** As an operator writes it, in the largest unit that fits. */
    private static String text(Duration time) {
        if (time.toHours() >= 72) {
            return time.toDays() + "D";
        }
        if (time.toSeconds() % 3600 == 0 && !time.isZero()) {
            return time.toHours() + "H";
        }
        return time.toSeconds() % 60 == 0 && !time.isZero() ? time.toMinutes() + "M" : time.toSeconds() + "S";
    }
}
