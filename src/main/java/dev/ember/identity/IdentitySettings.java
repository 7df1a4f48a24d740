package dev.ember.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The settings for the authentication of callers. */
@ConfigMapping(prefix = "ember")
public interface IdentitySettings {

    /**
     * {@code EMBER_IDENTITY}: {@code keystone}, {@code jwt} or {@code none}. Required, so that no operator trusts the
     * path by accident.
     */
    Optional<IdentityMode> identity();

    /**
     * {@code EMBER_TOKEN_CACHE_TTL}: how long the result of a token validation is cached. A revoked token may be
     * accepted for this time. With 0, each request validates its token.
     */
    @WithDefault("300S")
    Duration tokenCacheTtl();

    /**
     * {@code EMBER_ADMIN_PROJECT}: the project, or the tenant of tokens of an issuer, whose admins administer all
     * tenants.
     */
    Optional<String> adminProject();
}
