package dev.ember.fault;

import java.util.Map;

/** Another request with the same idempotency key is in progress. Its response is not known yet. */
public final class IdempotencyKeyInUse extends Fault {

    private static final long serialVersionUID = 1L;

    private static final int RETRY_AFTER_SECONDS = 1;

    public IdempotencyKeyInUse() {
        super(
                FaultStatus.CONFLICT,
                "IdempotencyKeyInUse",
                "A request with this Idempotency-Key is still in progress; repeat it later to get its response");
    }

    @Override
    public Map<String, String> headers() {
        return retryAfter(RETRY_AFTER_SECONDS);
    }
}
