package dev.ember.fault;

import java.util.Map;

/**
 * A request that cannot be answered as its sender hoped. Each kind of fault is a subclass; {@link FaultResponses} is
 * the one place that turns them into responses.
 *
 * <p>The message goes to the client: it says what to change, and holds nothing internal.
 */
public abstract sealed class Fault extends RuntimeException
        permits Conflict,
                Forbidden,
                IdempotencyKeyInUse,
                InvalidData,
                InvalidHead,
                InvalidHeader,
                InvalidQuery,
                InvalidSchema,
                MalformedRequest,
                NotFound,
                PreconditionFailed,
                QuotaReached,
                RequestTimeout,
                RequestTooLarge,
                ResponseTooLarge,
                Unavailable,
                UnsupportedMediaType {

    private static final long serialVersionUID = 1L;

    private final FaultStatus status;
    private final String type;

    /**
     * @param status the HTTP status of the answer
     * @param type the word by which programs tell faults apart; Heat's word where Heat has one
     * @param message what to change, for a person
     */
    Fault(FaultStatus status, String type, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
    }

    FaultBody body() {
        return FaultBody.of(status, type, getMessage());
    }

    /** The response headers that only this kind of fault has. */
    Map<String, String> headers() {
        return Map.of();
    }

    /** Whether the connection ends with the response, as the rest of the request is unread or has no known end. */
    boolean endsConnection() {
        return false;
    }
}
