package dev.ember.fault;

/** The response would be larger than the service can hold in memory. Repeating the request does not help. */
public final class ResponseTooLarge extends Fault {

    private static final long serialVersionUID = 1L;

    /**
     * @param size the size of the response, in bytes
     * @param limit the largest possible size of a response, in bytes
     */
    public ResponseTooLarge(long size, long limit) {
        super(
                FaultStatus.RESPONSE_TOO_LARGE,
                "ResponseTooLarge",
                "The response would have " + size + " bytes; the service responds with at most " + limit
                        + ". Delete deployments that are no longer needed, or use smaller configs");
    }
}
