package dev.ember.fault;

import java.util.Map;

/** A request with the same idempotency key is under way; its answer is not known yet. */
public final class IdempotencyKeyInUse extends Fault {

    private static final long serialVersionUID = 1L;

    /** What the response's Retry-After header says, in seconds. */
    static final int RETRY_AFTER_SECONDS = 1;

    public IdempotencyKeyInUse() {
        super(
                FaultStatus.CONFLICT,
                "IdempotencyKeyInUse",
                "A request with this Idempotency-Key is still under way; send the same again later to get its answer");
    }

    @Override
    Map<String, String> headers() {
        return Map.of("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
    }
}
