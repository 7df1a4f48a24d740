package dev.ember.fault;

/** The tenant has reached its quota of a resource. */
public final class QuotaExceeded extends Fault {

    private static final long serialVersionUID = 1L;

    /**
     * @param resources the kind of resource, {@code deployments} or {@code configs}
     * @param quota the largest number of them that a tenant may have
     */
    public QuotaExceeded(String resources, int quota) {
        super(
                FaultStatus.BAD_REQUEST,
                "RequestLimitExceeded",
                "Request limit exceeded: You have reached the maximum software " + resources + " per tenant, " + quota
                        + ". Please delete some " + resources + ".");
    }
}
