package dev.ember.identity.provider;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.AsyncResult;
import java.time.Duration;

/** Metrics of the requests to the identity provider. */
public final class ProviderMetrics {

    private final MeterRegistry meters;
    private final String name;
    private final Timer ok;
    private final Timer rejected;
    private final Timer failed;

    /** @param name the name of the metric, such as {@code ember.keystone.requests} */
    public ProviderMetrics(MeterRegistry meters, String name) {
        this.meters = meters;
        this.name = name;
        ok = requests("ok");
        rejected = requests("rejected");
        failed = requests("failed");
    }

    /** Records a request to the provider, including all its attempts. */
    void count(AsyncResult<ProviderResponse> result, Duration time) {
        outcome(result).record(time);
    }

    private Timer outcome(AsyncResult<ProviderResponse> result) {
        if (result.failed()) {
            return failed;
        }
        if (result.result().isSuccess()) {
            return ok;
        }
        return result.result().isRejection() ? rejected : failed;
    }

    private Timer requests(String outcome) {
        return Timer.builder(name)
                .tag("outcome", outcome)
                .description("Requests to the identity provider: ok, rejected by it, or failed")
                .register(meters);
    }
}
