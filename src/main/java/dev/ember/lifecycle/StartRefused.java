package dev.ember.lifecycle;

/** The service must not start as it is set up. */
public final class StartRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, and what to set, for the operator */
    public StartRefused(String message) {
        super(message, null, false, false);
    }
}
