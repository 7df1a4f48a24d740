package dev.ember.identity.keystone;

/** The token is not valid here: it never was one, it has expired, it was revoked, or it has access rules. */
public final class InvalidToken extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidToken() {
        super("Keystone refuses the token", null, false, false);
    }
}
