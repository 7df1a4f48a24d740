package dev.ember.fault;

/** The client took too long to send the request body. */
public final class RequestTimeout extends Fault {

    private static final long serialVersionUID = 1L;

    /** @param seconds the time limit for receiving the body */
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
