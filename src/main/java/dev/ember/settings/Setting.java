package dev.ember.settings;

import java.util.Optional;

/**
 * A declared setting.
 *
 * @param property the name of its property
 * @param hasDefault whether it has a default. If so, an empty text is invalid; otherwise it counts as absent.
 * @param rule which values are valid
 */
record Setting(String property, boolean hasDefault, Rule rule) {

    static Setting withDefault(String property, Rule rule) {
        return new Setting(property, true, rule);
    }

    static Setting optional(String property, Rule rule) {
        return new Setting(property, false, rule);
    }

    /** The environment variable. */
    String variable() {
        return RawSettings.variable(property);
    }

    /** Returns a line for the operator if the value is invalid. */
    Optional<String> problem(RawSettings settings) {
        String text = settings.text(property);
        if (text == null || text.isEmpty() && !hasDefault) {
            return Optional.empty();
        }
        Optional<String> violation = text.isEmpty()
                ? Optional.of("is empty. Set it to a value, or remove it.")
                : rule.violation(text, settings);
        return violation.map(sentence -> variable() + " " + sentence);
    }
}
