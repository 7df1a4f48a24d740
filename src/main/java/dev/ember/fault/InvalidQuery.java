package dev.ember.fault;

/** A query parameter of the request is invalid. */
public final class InvalidQuery extends Fault {

    private static final long serialVersionUID = 1L;

    private InvalidQuery(String type, String message) {
        super(FaultStatus.BAD_REQUEST, type, message);
    }

    /** @param message the violated rule, with the name of the parameter */
    public static InvalidQuery because(String message) {
        return new InvalidQuery("HTTPBadRequest", message);
    }

    /** @param parameter the parameter whose bytes are not UTF-8 */
    public static InvalidQuery notUtf8(String parameter) {
        return new InvalidQuery("UnicodeDecodeError", parameter + " must be UTF-8, percent-encoded");
    }
}
