package dev.ember.identity;

/** Keystone is out of reach, answers nonsense, or refuses this service: it says nothing of the caller's token. */
final class KeystoneFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param reason what is wrong, for the operator; holds no token and no secret */
    KeystoneFailure(String reason) {
        super(reason, null, false, false);
    }
}
