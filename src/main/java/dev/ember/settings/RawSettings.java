package dev.ember.settings;

import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** The settings as text, before they are converted, by the names of their properties. */
@FunctionalInterface
interface RawSettings {

    /** The text of a setting, which may be empty, or null if the setting is absent. */
    String text(String property);

    /** The text of a setting that is neither absent nor empty. */
    default Optional<String> value(String property) {
        return Optional.ofNullable(text(property)).filter(text -> !text.isEmpty());
    }

    /** The settings from all sources that Quarkus reads. */
    static RawSettings of(Config config) {
        return property -> config.getConfigValue(property).getValue();
    }

    /** The settings from the environment and system properties, for a start that failed before Quarkus read them. */
    static RawSettings ofEnvironment() {
        return property -> {
            String text = System.getProperty(property);
            return text == null ? System.getenv(variable(property)) : text;
        };
    }

    /** The environment variable of a property. */
    static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("\\W", "_");
    }
}
