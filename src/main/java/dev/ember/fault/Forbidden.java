package dev.ember.fault;

/** The caller is not authorized for the operation or the tenant. */
public final class Forbidden extends Fault {

    private static final long serialVersionUID = 1L;

    private Forbidden(String type, String message) {
        super(FaultStatus.FORBIDDEN, type, message);
    }

    /** @param operation the name of the operation in Heat's policy, such as {@code software_configs:index} */
    public static Forbidden operation(String operation) {
        return new Forbidden("Forbidden", "You are not authorized to use " + operation + ".");
    }

    /** The tenant in the path is not the project of the caller's token, or the token has no project. */
    public static Forbidden project() {
        return new Forbidden("HTTPForbidden", FaultStatus.FORBIDDEN.explanation());
    }
}
