package dev.ember.settings;

import java.util.List;

/** The configuration is invalid, and the service does not start. */
public final class InvalidConfiguration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, and what to set, for the operator */
    public InvalidConfiguration(String message) {
        super(message, null, false, false);
    }

    /** @param problems what is wrong, a line for each */
    InvalidConfiguration(List<String> problems) {
        this(String.join(System.lineSeparator(), problems));
    }
}
