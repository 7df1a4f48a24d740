package dev.ember.fault;

/** The service has a defect. */
public final class InternalError extends Fault {

    private static final long serialVersionUID = 1L;

    public InternalError() {
        super(
                FaultStatus.INTERNAL_SERVER_ERROR,
                "HTTPInternalServerError",
                "The service failed; its log has the request id");
    }
}
