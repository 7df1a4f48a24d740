package dev.ember.identity;

/** The token is not valid here: it never was one, it has expired, it was revoked, or it has access rules. */
final class RefusedToken extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedToken() {
        super("Keystone refuses the token", null, false, false);
    }
}
