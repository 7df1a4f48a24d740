package dev.ember.settings;

import org.eclipse.microprofile.config.spi.Converter;

/** Converts {@code true} and {@code false} only. By default, Quarkus converts any other word to false. */
public final class TrueOrFalse implements Converter<Boolean> {

    private static final long serialVersionUID = 1L;

    @Override
    public Boolean convert(String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("It must be true or false");
        };
    }
}
