package dev.ember.identity.keystone;

import dev.ember.fault.Unavailable;

/**
 * Keystone cannot be reached, sends an unusable response, or rejects this service. It is unknown whether the caller's
 * token is valid.
 */
public final class KeystoneFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** The kind of failure. */
    private enum Kind {
        /** There is no connection to Keystone, or no response in time. */
        UNREACHABLE,
        /** Keystone rejects the credentials of this service. */
        CREDENTIALS,
        /** The response of Keystone is unusable. */
        RESPONSE
    }

    private final Kind kind;

    /** @param reason the reason, for the operator; contains no token and no secret */
    KeystoneFailure(String reason) {
        this(Kind.RESPONSE, reason);
    }

    private KeystoneFailure(Kind kind, String reason) {
        super(reason, null, false, false);
        this.kind = kind;
    }

    static KeystoneFailure unreachable(String reason) {
        return new KeystoneFailure(Kind.UNREACHABLE, reason);
    }

    static KeystoneFailure credentials() {
        return new KeystoneFailure(Kind.CREDENTIALS, "it rejects the credentials of this service");
    }

    /** Whether the validation of any other token would currently fail for the same reason. */
    boolean concernsAllTokens() {
        return kind != Kind.RESPONSE;
    }

    /** The fault that the caller gets. */
    public static Unavailable fault(Throwable failure) {
        return failure instanceof KeystoneFailure known && known.kind == Kind.CREDENTIALS
                ? Unavailable.credentials()
                : Unavailable.identity();
    }
}
