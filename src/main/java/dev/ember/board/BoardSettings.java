package dev.ember.board;

import dev.ember.settings.TrueOrFalse;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** The setting for the board. */
@ConfigMapping(prefix = "ember")
interface BoardSettings {

    /** {@code EMBER_BOARD}: {@code true} when the service has the board at {@code /board/}. */
    @WithDefault("false")
    @WithConverter(TrueOrFalse.class)
    boolean board();
}
