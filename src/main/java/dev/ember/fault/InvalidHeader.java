package dev.ember.fault;

/** A request header is invalid. */
public final class InvalidHeader extends Fault {

    private static final long serialVersionUID = 1L;

    /**
     * @param name the name of the header
     * @param rule what the value must be; the message consists of the name and the rule
     */
    public InvalidHeader(String name, String rule) {
        super(FaultStatus.BAD_REQUEST, "HTTPBadRequest", name + " " + rule);
    }
}
