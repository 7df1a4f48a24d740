package dev.ember.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The settings that say who calls. */
@ConfigMapping(prefix = "ember")
public interface IdentitySettings {

    /**
     * {@code EMBER_IDENTITY}: {@code keystone} or {@code none}. Required, so that nobody trusts the path by accident.
     */
    Optional<IdentityMode> identity();

    /**
     * {@code EMBER_TOKEN_CACHE_TTL}: how long a validated token is trusted without asking Keystone again, and so how
     * long a revoked one may still be accepted. 0 asks for every request.
     */
    @WithDefault("300S")
    Duration tokenCacheTtl();

    /** {@code EMBER_ADMIN_PROJECT}: the id of the project whose admins administer all tenants. */
    Optional<String> adminProject();
}
