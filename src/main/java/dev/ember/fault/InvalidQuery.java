package dev.ember.fault;

/** The query of the request breaks a rule. */
public final class InvalidQuery extends Fault {

    private static final long serialVersionUID = 1L;

    private InvalidQuery(String type, String message) {
        super(FaultStatus.BAD_REQUEST, type, message);
    }

    /** @param message what the rule is, naming the parameter */
    public static InvalidQuery because(String message) {
        return new InvalidQuery("HTTPBadRequest", message);
    }

    /** @param parameter the parameter whose bytes are not UTF-8 */
    public static InvalidQuery notUtf8(String parameter) {
        return new InvalidQuery("UnicodeDecodeError", parameter + " must be UTF-8, percent-encoded");
    }
}
