package dev.ember.identity.keystone;

import dev.ember.settings.DurationSetting;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;

/** Validates the bounds of settings for Keystone at startup, also when another identity mode is set. */
@ApplicationScoped
class KeystoneBounds {

    void check(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start, KeystoneSettings settings) {
        DurationSetting.between(
                "EMBER_KEYSTONE_TIMEOUT", settings.timeout(), Duration.ofSeconds(1), Duration.ofMinutes(5));
    }
}
