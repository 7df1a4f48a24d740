package dev.ember.fault;

/** The thing that the path names does not exist, or is not the caller's to see; the answer is the same. */
public final class NotFound extends Fault {

    private static final long serialVersionUID = 1L;

    private NotFound(String message) {
        super(FaultStatus.NOT_FOUND, "NotFound", message);
    }

    /** @param id the id as it stands in the request */
    public static NotFound deployment(String id) {
        return new NotFound("Deployment with id " + id + " not found");
    }

    /** @param id the id as it stands in the request */
    public static NotFound config(String id) {
        return new NotFound("Software config with id " + id + " not found");
    }
}
