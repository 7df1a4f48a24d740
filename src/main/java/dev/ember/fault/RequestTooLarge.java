package dev.ember.fault;

/** The request body is larger than the service accepts. */
public final class RequestTooLarge extends Fault {

    private static final long serialVersionUID = 1L;

    /** @param limit the largest accepted size, in bytes */
    public RequestTooLarge(int limit) {
        super(
                FaultStatus.REQUEST_ENTITY_TOO_LARGE,
                "RequestLimitExceeded",
                "Request limit exceeded: JSON body size exceeds maximum allowed size (" + limit + " bytes).");
    }

    @Override
    public boolean closesConnection() {
        return true;
    }
}
