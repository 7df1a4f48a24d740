package dev.ember.fault;

import java.util.Map;

/**
 * A request that the service rejects or cannot complete. Each kind of fault is a subclass.
 *
 * <p>The message is part of the response. It says what to change and contains no internal details.
 */
public abstract class Fault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final FaultStatus status;
    private final String type;

    /**
     * @param status the HTTP status of the response
     * @param type identifies the kind of fault for programs; Heat's name if Heat has one
     * @param message tells a person what to change
     */
    Fault(FaultStatus status, String type, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
    }

    /** The HTTP status of the response. */
    public FaultStatus status() {
        return status;
    }

    /** Identifies the kind of fault for programs. */
    public String type() {
        return type;
    }

    /** The response headers that are specific to this kind of fault, such as Retry-After. */
    public Map<String, String> headers() {
        return Map.of();
    }

    /**
     * Whether the response closes the connection. It does if the rest of the request is unread or its end is unknown.
     */
    public boolean closesConnection() {
        return false;
    }

    /** @param seconds the time after which the same request may succeed */
    static Map<String, String> retryAfter(int seconds) {
        return Map.of("Retry-After", Integer.toString(seconds));
    }
}
