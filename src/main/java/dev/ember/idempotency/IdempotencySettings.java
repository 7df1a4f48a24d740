package dev.ember.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The setting for requests that are done once. */
@ConfigMapping(prefix = "ember")
interface IdempotencySettings {

    /**
     * {@code EMBER_IDEMPOTENCY_KEY_TTL}: how long a request with the same key gets the first answer again. After that
     * the key is as good as new.
     */
    @WithDefault("24H")
    Duration idempotencyKeyTtl();
}
