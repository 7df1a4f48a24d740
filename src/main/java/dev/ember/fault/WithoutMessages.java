package dev.ember.fault;

/** A failure's type and place without its message, which may quote SQL or what a client sent. */
final class WithoutMessages extends Exception {

    private static final long serialVersionUID = 1L;

    private WithoutMessages(Throwable failure) {
        super(failure.getClass().getName(), failure.getCause() == null ? null : of(failure.getCause()));
        setStackTrace(failure.getStackTrace());
    }

    static WithoutMessages of(Throwable failure) {
        return new WithoutMessages(failure);
    }
}
