package dev.ember.fault;

/** A header of the request breaks its rule. */
public final class InvalidHeader extends Fault {

    private static final long serialVersionUID = 1L;

    /**
     * @param name the name of the header
     * @param rule what it must be
     */
    public InvalidHeader(String name, String rule) {
        super(FaultStatus.BAD_REQUEST, "HTTPBadRequest", name + " " + rule);
    }
}
