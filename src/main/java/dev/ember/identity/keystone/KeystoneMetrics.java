package dev.ember.identity.keystone;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.AsyncResult;
import java.time.Duration;

/** Metrics of the requests to Keystone and of the token cache. */
final class KeystoneMetrics {

    private final MeterRegistry meters;
    private final Timer ok;
    private final Timer rejected;
    private final Timer failed;

    KeystoneMetrics(MeterRegistry meters) {
        this.meters = meters;
        ok = requests("ok");
        rejected = requests("rejected");
        failed = requests("failed");
    }

    /** Records a request to Keystone, including all its attempts. */
    void count(AsyncResult<KeystoneResponse> result, Duration time) {
        outcome(result).record(time);
    }

    /** Registers the metrics of the token cache. */
    void watch(CachedTokens tokens) {
        FunctionCounter.builder("ember.token.cache.hits", tokens, CachedTokens::hits)
                .description("Tokens of requests that were in the cache")
                .register(meters);
        FunctionCounter.builder("ember.token.cache.misses", tokens, CachedTokens::misses)
                .description("Tokens of requests that were not in the cache")
                .register(meters);
        Gauge.builder("ember.token.cache.size", tokens, CachedTokens::size)
                .description("Valid tokens in the cache")
                .register(meters);
    }

    private Timer outcome(AsyncResult<KeystoneResponse> result) {
        if (result.failed()) {
            return failed;
        }
        if (result.result().isSuccess()) {
            return ok;
        }
        return result.result().isRejection() ? rejected : failed;
    }

    private Timer requests(String outcome) {
        return Timer.builder("ember.keystone.requests")
                .tag("outcome", outcome)
                .description("Requests to Keystone: ok, rejected by Keystone, or failed")
                .register(meters);
    }
}
