package dev.ember.identity.jwt;

/** None of the keys that the service has verifies the token. */
final class UnknownKey extends Exception {

    private static final long serialVersionUID = 1L;

    UnknownKey() {
        super("No key verifies the token", null, false, false);
    }
}
