package dev.ember.fault;

/** The client takes too long to send its request. */
public final class RequestTimeout extends Fault {

    private static final long serialVersionUID = 1L;

    /** @param seconds how long the body of a request may take to arrive */
    public RequestTimeout(long seconds) {
        super(
                FaultStatus.REQUEST_TIMEOUT,
                "HTTPRequestTimeout",
                "The body did not arrive within " + seconds + " seconds");
    }

    @Override
    public boolean closesConnection() {
        return true;
    }
}
