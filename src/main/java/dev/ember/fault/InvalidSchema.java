package dev.ember.fault;

/** The inputs or outputs of a software config break the schema that they have in Heat. */
public final class InvalidSchema extends Fault {

    private static final long serialVersionUID = 1L;

    private InvalidSchema(String type, String message) {
        super(FaultStatus.BAD_REQUEST, type, message);
    }

    /** The list, or a member of it, has a type that the schema does not look into. */
    public static InvalidSchema shape(String position, String rule) {
        return new InvalidSchema("HTTPBadRequest", position + " " + rule);
    }

    /** A member breaks a rule of the schema. */
    public static InvalidSchema member(String position, String rule) {
        return new InvalidSchema("ValueError", position + " " + rule);
    }

    /** A default comes with a type that is null. */
    public static InvalidSchema type(String position) {
        return new InvalidSchema(
                "InvalidSchemaError", "Invalid type (None): " + position + " must not be null with a default");
    }
}
