package dev.ember.text;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the words of enumerations in requests, exactly as they are written in the API. */
public final class Words {

    private Words() {}

    /** The constant that a text names; empty when it names none. */
    public static <E extends Enum<E>> Optional<E> find(Class<E> words, String text) {
        return Arrays.stream(words.getEnumConstants())
                .filter(word -> word.name().equals(text))
                .findFirst();
    }

    /** The rule for a field with such a word, as the end of a sentence. */
    public static String rule(Class<? extends Enum<?>> words) {
        return Arrays.stream(words.getEnumConstants())
                .map(Enum::name)
                .collect(Collectors.joining(", ", "must be one of ", ""));
    }
}
