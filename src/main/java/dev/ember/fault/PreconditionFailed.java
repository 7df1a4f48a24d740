package dev.ember.fault;

/** The resource has changed since the client read it: its ETag is not in If-Match. */
public final class PreconditionFailed extends Fault {

    private static final long serialVersionUID = 1L;

    public PreconditionFailed() {
        super(
                FaultStatus.PRECONDITION_FAILED,
                "PreconditionFailed",
                "If-Match does not contain the current ETag of the resource; read the resource again");
    }
}
