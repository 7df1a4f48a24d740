package dev.ember.settings;

import java.util.List;

/** The configuration is invalid, and the service does not start. */
public final class InvalidConfiguration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message tells the operator the problem and how to solve it */
    public InvalidConfiguration(String message) {
        super(message, null, false, false);
    }

    /** @param problems one line for each problem */
    InvalidConfiguration(List<String> problems) {
        this(String.join(System.lineSeparator(), problems));
    }
}
