package dev.ember.identity;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The settings that say who calls. */
@ConfigMapping(prefix = "ember")
interface IdentitySettings {

    /**
     * {@code EMBER_IDENTITY}: a word of {@link IdentityMode} in lower case. Required, so that nobody trusts the path
     * unawares.
     */
    Optional<String> identity();
}
