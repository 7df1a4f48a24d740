package dev.ember.fault;

/** The request conflicts with the stored state. */
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

    /** The idempotency key of the request was already used for a different request. */
    public static Conflict idempotencyKeyReused() {
        return new Conflict(
                "IdempotencyKeyReused",
                "This Idempotency-Key was used for a different request; use a new key for each request");
    }
}
