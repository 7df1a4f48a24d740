package dev.ember.fault;

/** What is stored is no longer what the client saw when it decided on its change. */
public final class PreconditionFailed extends Fault {

    private static final long serialVersionUID = 1L;

    public PreconditionFailed() {
        super(
                FaultStatus.PRECONDITION_FAILED,
                "PreconditionFailed",
                "What is to be changed has none of the ETags in If-Match any more; read it again");
    }
}
