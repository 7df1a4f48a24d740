package dev.ember.fault;

/** The inputs or outputs of a software config violate Heat's schema. */
public final class InvalidSchema extends Fault {

    private static final long serialVersionUID = 1L;

    private InvalidSchema(String type, String message) {
        super(FaultStatus.BAD_REQUEST, type, message);
    }

    /** The list or one of its entries has the wrong structure. */
    public static InvalidSchema shape(String position, String rule) {
        return new InvalidSchema("HTTPBadRequest", position + " " + rule);
    }

    /** An entry of the list violates a rule of the schema. */
    public static InvalidSchema member(String position, String rule) {
        return new InvalidSchema("ValueError", position + " " + rule);
    }

    /** An entry has a default, but its type is null. */
    public static InvalidSchema type(String position) {
        return new InvalidSchema(
                "InvalidSchemaError", "Invalid type (None): " + position + " must not be null with a default");
    }
}
