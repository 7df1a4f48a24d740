package dev.ember.settings;

/** The service must not start as it is set up. */
public final class InvalidConfiguration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, and what to set, for the operator */
    public InvalidConfiguration(String message) {
        super(message, null, false, false);
    }

    /**
     * A setting has a value that it does not take.
     *
     * @param variable its environment variable
     * @param value what the service read; the operator is shown what the environment has, if it is there
     * @param rule what it takes, after "It must be"
     */
    public static InvalidConfiguration setting(String variable, Object value, String rule) {
        String given = System.getenv(variable);
        return new InvalidConfiguration(
                variable + " is '" + (given == null ? value : given) + "'. It must be " + rule + ".");
    }
}
