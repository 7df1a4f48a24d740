package dev.ember.fault;

/** The request does not go together with what is stored. */
public final class Conflict extends Fault {

    private static final long serialVersionUID = 1L;

    private Conflict(String type, String message) {
        super(FaultStatus.CONFLICT, type, message);
    }

    /** @param id the id of a software config that deployments refer to */
    public static Conflict configInUse(String id) {
        return new Conflict(
                "InvalidRestrictedAction",
                "Software config with id " + id + " can not be deleted as it is referenced.");
    }

    /** The key of the request was given to another one. */
    public static Conflict idempotencyKeyReused() {
        return new Conflict(
                "IdempotencyKeyReused",
                "This Idempotency-Key was given to another request; give each request a key of its own");
    }
}
