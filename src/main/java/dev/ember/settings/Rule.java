package dev.ember.settings;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Checks the values of a setting. */
@FunctionalInterface
interface Rule {

    /**
     * Checks a value.
     *
     * @param text the value, which is not empty
     * @param settings all settings
     * @return the end of the message after the name of the variable, such as {@code is '7'. It must be 1 or 2.}, or
     *     empty if the value is valid
     */
    Optional<String> violation(String text, RawSettings settings);

    /** Any text is valid. */
    static Rule any() {
        return (text, settings) -> Optional.empty();
    }

    /** @param expected the end of the sentence "It must be" */
    static Rule mustBe(String expected, Predicate<String> isValid) {
        return (text, settings) -> violation(isValid.test(text), text, "It must be " + expected + ".");
    }

    static Rule oneOf(String first, String second) {
        return mustBe(first + " or " + second, List.of(first, second)::contains);
    }

    static Rule number(int min, int max) {
        return number(min, settings -> max);
    }

    /** @param max a bound that depends on other settings */
    static Rule number(int min, ToIntFunction<RawSettings> max) {
        return (text, settings) -> {
            int bound = max.applyAsInt(settings);
            return violation(
                    isNumber(text, min, bound), text, "It must be a number between " + min + " and " + bound + ".");
        };
    }

    static boolean isNumber(String text, int min, int max) {
        try {
            int number = Integer.parseInt(text.strip());
            return min <= number && number <= max;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Both bounds are valid, and are written as an operator writes them. */
    static Rule duration(String min, String max) {
        Duration shortest = DurationConverter.parseDuration(min);
        Duration longest = DurationConverter.parseDuration(max);
        return mustBe(
                "a duration between " + min + " and " + max + ", in seconds (S), minutes (M), hours (H) or days (D)",
                text -> isDuration(text, shortest, longest));
    }

    private static boolean isDuration(String text, Duration min, Duration max) {
        try {
            Duration duration = DurationConverter.parseDuration(text);
            return duration != null && duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0;
        } catch (IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }

    /** @param min the smallest size, as an operator writes it */
    static Rule sizeWithinHeap(String min) {
        long smallest = new MemorySizeConverter().convert(min).asLongValue();
        return mustBe("a size between " + min + " and the size of the heap", text -> {
            try {
                MemorySize size = new MemorySizeConverter().convert(text);
                return size != null
                        && size.asLongValue() >= smallest
                        && size.asLongValue() <= Runtime.getRuntime().maxMemory();
            } catch (IllegalArgumentException | ArithmeticException e) {
                return false;
            }
        });
    }

    /** @param whatToSet the sentence that follows the value in the message */
    static Optional<String> violation(boolean isValid, String text, String whatToSet) {
        return isValid ? Optional.empty() : Optional.of("is '" + printable(text) + "'. " + whatToSet);
    }

    /** A text without line breaks, and without the user and password of an address. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?").replaceAll("//[^/\\s]*@", "//***@");
    }
}
