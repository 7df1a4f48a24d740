package dev.ember.pipeline;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The setting for scripts of other origins. */
@ConfigMapping(prefix = "ember")
interface CorsSettings {

    /** {@code EMBER_CORS_ORIGINS}: origins, separated by commas. */
    Optional<List<String>> corsOrigins();
}
