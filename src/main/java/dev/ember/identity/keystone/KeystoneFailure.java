package dev.ember.identity.keystone;

import dev.ember.fault.Unavailable;

/** Keystone is out of reach, answers nonsense, or refuses this service: it says nothing of the caller's token. */
public final class KeystoneFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** What the failure is about. */
    private enum Kind {
        /** There is no connection to Keystone, or no response in time. */
        UNREACHABLE,
        /** Keystone rejects the credentials of this service. */
        CREDENTIALS,
        /** Keystone responds, but not to the purpose. */
        RESPONSE
    }

    private final Kind kind;

    /** @param reason what is wrong, for the operator; holds no token and no secret */
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

    /** Whether the validation of any other token would fail now for the same reason. */
    boolean concernsAllTokens() {
        return kind != Kind.RESPONSE;
    }

    /** What a caller is told of a failure. */
    public static Unavailable fault(Throwable failure) {
        return failure instanceof KeystoneFailure known && known.kind == Kind.CREDENTIALS
                ? Unavailable.credentials()
                : Unavailable.identity();
    }
}
