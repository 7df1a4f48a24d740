package dev.ember.identity.keystone;

/** The token is invalid. It was never valid, has expired, was revoked, or has access rules. */
public final class InvalidToken extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidToken() {
        super("The token is invalid", null, false, false);
    }
}
