package dev.ember.fault;

/** The body is larger than the service reads. */
public final class RequestTooLarge extends Fault {

    private static final long serialVersionUID = 1L;

    /** @param limit the largest size that is read, in bytes */
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
