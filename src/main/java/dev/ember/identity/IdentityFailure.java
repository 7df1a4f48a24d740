package dev.ember.identity;

import dev.ember.fault.Unavailable;

/**
 * The identity provider, which is Keystone or an issuer, cannot be reached, sends an unusable response, or rejects this
 * service. It is unknown whether the caller's token is valid.
 */
public final class IdentityFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** The kind of failure. */
    private enum Kind {
        /** There is no connection to the provider, or no response in time. */
        UNREACHABLE,
        /** The provider rejects the credentials of this service. */
        CREDENTIALS,
        /** The response of the provider is unusable. */
        RESPONSE
    }

    private final Kind kind;

    /** @param reason the reason, for the operator; contains no token and no secret */
    public IdentityFailure(String reason) {
        this(Kind.RESPONSE, reason);
    }

    private IdentityFailure(Kind kind, String reason) {
        super(reason, null, false, false);
        this.kind = kind;
    }

    public static IdentityFailure unreachable(String reason) {
        return new IdentityFailure(Kind.UNREACHABLE, reason);
    }

    public static IdentityFailure credentials(String reason) {
        return new IdentityFailure(Kind.CREDENTIALS, reason);
    }

    /** Whether the validation of any other token would currently fail for the same reason. */
    public boolean concernsAllTokens() {
        return kind != Kind.RESPONSE;
    }

    /** The fault that the caller gets. */
    public static Unavailable fault(Throwable failure) {
        return failure instanceof IdentityFailure known && known.kind == Kind.CREDENTIALS
                ? Unavailable.credentials()
                : Unavailable.identity();
    }
}
