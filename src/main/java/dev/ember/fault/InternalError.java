package dev.ember.fault;

/** The request failed because of a defect in the service. */
public final class InternalError extends Fault {

    private static final long serialVersionUID = 1L;

    public InternalError() {
        super(
                FaultStatus.INTERNAL_SERVER_ERROR,
                "HTTPInternalServerError",
                "The service failed unexpectedly; its log contains the request id");
    }
}
