package dev.ember.identity;

/** Keystone knows no such token: it never was one, or it has expired, or it was revoked. */
final class RefusedToken extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedToken() {
        super("Keystone refuses the token", null, false, false);
    }
}
