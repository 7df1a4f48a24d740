package dev.ember.limits;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The settings for the limits on concurrent requests, bodies and responses. */
@ConfigMapping(prefix = "ember")
public interface LimitsSettings {

    /**
     * {@code EMBER_MAX_REQUESTS}: the limit of in-flight API requests. The default is ten for each database connection.
     * With a higher limit, some requests would wait too long for a connection.
     */
    @WithDefault("160")
    int maxRequests();

    /** {@code EMBER_BODY_TIMEOUT}: how long the body of a request may take to arrive. */
    @WithDefault("10S")
    Duration bodyTimeout();

    /**
     * {@code EMBER_MEMORY_BUDGET}: the maximum memory for the bodies, rows and responses of all requests. The default
     * is five sixteenths of the heap.
     */
    Optional<MemorySize> memoryBudget();

    /**
     * {@code EMBER_RESPONSE_TIMEOUT}: how long a client may take to read a response, or each 64 KiB of a list. After
     * that its connection is closed.
     */
    @WithDefault("30S")
    Duration responseTimeout();
}
