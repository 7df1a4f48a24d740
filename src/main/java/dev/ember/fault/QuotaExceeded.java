package dev.ember.fault;

/** The tenant has as many of something as it may have. */
public final class QuotaExceeded extends Fault {

    private static final long serialVersionUID = 1L;

    /**
     * @param things what there are too many of, {@code deployments} or {@code configs}
     * @param quota how many there may be
     */
    public QuotaExceeded(String things, int quota) {
        super(
                FaultStatus.BAD_REQUEST,
                "RequestLimitExceeded",
                "Request limit exceeded: You have reached the maximum software " + things + " per tenant, " + quota
                        + ". Please delete some " + things + ".");
    }
}
