package dev.ember.fault;

/** The request line, the Host header or the body cannot be parsed. */
public final class MalformedRequest extends Fault {

    private static final long serialVersionUID = 1L;

    public MalformedRequest(String message) {
        super(FaultStatus.BAD_REQUEST, "HTTPBadRequest", message);
    }
}
