package dev.ember.fault;

/** The body is no JSON object that can be read. */
public final class MalformedBody extends Fault {

    private static final long serialVersionUID = 1L;

    public MalformedBody(String message) {
        super(FaultStatus.BAD_REQUEST, "HTTPBadRequest", message);
    }
}
