package dev.ember.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The setting for idempotent requests. */
@ConfigMapping(prefix = "ember")
interface IdempotencySettings {

    /**
     * {@code EMBER_IDEMPOTENCY_KEY_TTL}: how long a repeated request with the same key gets the stored response. After
     * that the key counts as a new key.
     */
    @WithDefault("24H")
    Duration idempotencyKeyTtl();
}
