package dev.ember.fault;

/** The caller may not do this. */
public final class Forbidden extends Fault {

    private static final long serialVersionUID = 1L;

    private Forbidden(String type, String message) {
        super(FaultStatus.FORBIDDEN, type, message);
    }

    /** @param operation the operation in the words of Heat's policy, such as {@code software_configs:index} */
    public static Forbidden operation(String operation) {
        return new Forbidden("Forbidden", "You are not authorized to use " + operation + ".");
    }

    /** The path names a tenant that is not the project of the caller's token, or that token is for no project. */
    public static Forbidden project() {
        return new Forbidden("HTTPForbidden", FaultStatus.FORBIDDEN.explanation());
    }
}
