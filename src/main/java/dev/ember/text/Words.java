package dev.ember.text;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Parses enumeration values in requests. Matching is case-sensitive. */
public final class Words {

    private Words() {}

    /** Returns the constant with this name, or empty when there is none. */
    public static <E extends Enum<E>> Optional<E> find(Class<E> words, String text) {
        return Arrays.stream(words.getEnumConstants())
                .filter(word -> word.name().equals(text))
                .findFirst();
    }

    /** Returns the rule for a field with such a value, worded as the end of a sentence. */
    public static String rule(Class<? extends Enum<?>> words) {
        return Arrays.stream(words.getEnumConstants())
                .map(Enum::name)
                .collect(Collectors.joining(", ", "must be one of ", ""));
    }
}
