package dev.ember.identity.token;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** Metrics of the token cache. */
public final class TokenCacheMetrics {

    private static final String HITS = "ember.token.cache.hits";
    private static final String MISSES = "ember.token.cache.misses";
    private static final String SIZE = "ember.token.cache.size";

    private TokenCacheMetrics() {}

    /**
     * Registers the metrics of a cache. They replace those of a cache from before a restart in dev mode or in tests.
     */
    public static void register(MeterRegistry meters, CachedTokens tokens) {
        for (String name : List.of(HITS, MISSES, SIZE)) {
            meters.find(name).meters().forEach(meters::remove);
        }
        FunctionCounter.builder(HITS, tokens, CachedTokens::hits)
                .description("Tokens of requests that were in the cache")
                .register(meters);
        FunctionCounter.builder(MISSES, tokens, CachedTokens::misses)
                .description("Tokens of requests that were not in the cache")
                .register(meters);
        Gauge.builder(SIZE, tokens, CachedTokens::size)
                .description("Valid tokens in the cache")
                .register(meters);
    }
}
