package dev.ember.identity.keystone;

import java.util.UUID;

/**
 * A token whose text says how {@link ScriptedKeystone} responds to its validation.
 *
 * @param project the project of the token, empty for none
 * @param roles names with + between them
 * @param seconds the seconds until the token expires
 */
public record TestToken(Script script, String user, String project, String roles, long seconds, String unique) {

    private static final String SEPARATOR = "~";

    /** How Keystone responds. */
    public enum Script {
        VALID,
        VALID_ONCE,
        EXPIRED,
        ACCESS_RULES,
        NO_ACCESS_RULES,
        NULL_ACCESS_RULES,
        LATE,
        TOO_LATE,
        UNKNOWN,
        FORBIDDEN,
        FAILURE,
        OTHER_404,
        NOT_JSON,
        OTHER_JSON,
        NO_EXPIRY,
        TOO_LONG,
        HANG_UP,
        TRICKLE,
        REDIRECT
    }

    public static TestToken of(Script script, String project, String roles) {
        return new TestToken(
                script, "user-1", project, roles, 3_600, UUID.randomUUID().toString());
    }

    public static TestToken valid(String project, String roles) {
        return of(Script.VALID, project, roles);
    }

    public static TestToken parse(String text) {
        String[] parts = text.split(SEPARATOR);
        return new TestToken(
                Script.valueOf(parts[0]), parts[1], parts[2], parts[3], Long.parseLong(parts[4]), parts[5]);
    }

    TestToken expiringIn(long newSeconds) {
        return new TestToken(script, user, project, roles, newSeconds, unique);
    }

    /** Returns the token as text. */
    public String text() {
        return String.join(SEPARATOR, script.name(), user, project, roles, Long.toString(seconds), unique);
    }
}
