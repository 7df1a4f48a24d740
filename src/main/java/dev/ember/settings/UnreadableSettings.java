package dev.ember.settings;

import io.smallrye.config.ConfigValidationException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Explains why Quarkus could not convert settings. It does so before the service can run its own check, so the problems
 * that the check finds are added.
 */
final class UnreadableSettings {

    private static final Pattern UNREADABLE =
            Pattern.compile("config property (\\S+) with the config value \"(.*?)\" threw", Pattern.DOTALL);

    private static final Pattern EMPTY = Pattern.compile("config property (\\S+) is defined as the empty String");

    private static final String HTTP_PORT = "quarkus.http.port";

    private UnreadableSettings() {}

    /** Returns a line for the operator for each problem, sorted by the names of variables. */
    static List<String> problems(ConfigValidationException e, RawSettings settings, Set<String> variables) {
        Stream<String> others = IntStream.range(0, e.getProblemCount())
                .mapToObj(i -> e.getProblem(i).getMessage())
                .flatMap(message -> problem(message, settings).stream());
        return Stream.concat(SettingsCheck.problems(settings, variables).stream(), others)
                .sorted()
                .toList();
    }

    /** Returns the problem of a Quarkus setting. The check finds the problems of declared settings. */
    private static Optional<String> problem(String message, RawSettings settings) {
        Matcher unreadable = UNREADABLE.matcher(message);
        if (unreadable.find()) {
            return isDeclared(unreadable.group(1), settings)
                    ? Optional.empty()
                    : Optional.of(RawSettings.variable(unreadable.group(1)) + " is '"
                            + Rule.printable(unreadable.group(2))
                            + "', which cannot be read. Set it to a value of its type, or remove it.");
        }
        Matcher empty = EMPTY.matcher(message);
        return empty.find() && !isDeclared(empty.group(1), settings)
                ? Optional.of(RawSettings.variable(empty.group(1)) + " is empty. Set it to a value, or remove it.")
                : Optional.empty();
    }

    private static boolean isDeclared(String property, RawSettings settings) {
        return DeclaredSettings.VARIABLES.contains(RawSettings.variable(property))
                || property.equals(HTTP_PORT) && settings.text("PORT") != null;
    }
}
