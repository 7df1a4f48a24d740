package dev.ember.database;

import dev.ember.settings.TrueOrFalse;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** The settings for the database schema. */
@ConfigMapping(prefix = "ember")
interface SchemaSettings {

    /**
     * {@code EMBER_MIGRATE_AT_START}: {@code true} when the service brings the schema up to date before it serves,
     * {@code false} when it does not.
     */
    @WithDefault("true")
    @WithConverter(TrueOrFalse.class)
    boolean migrateAtStart();
}
