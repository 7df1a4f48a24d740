package dev.ember.pipeline;

import dev.ember.database.DatabaseFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the log says about an unexpected failure, in one line: the classes of the exceptions, the SQLSTATE, and where in
 * the code of the service it happened. Messages are left out, because they may quote SQL or what a client sent.
 */
final class Diagnosis {

    private static final String OWN_CODE = "dev.ember.";
    private static final int MAX_FRAMES = 12;

    private Diagnosis() {}

    static String of(Throwable failure) {
        List<Throwable> chain = chain(failure);
        String classes = chain.stream()
                .map(cause -> cause.getClass().getName())
                .distinct()
                .collect(Collectors.joining(" caused by "));
        String locations = locations(chain).distinct().limit(MAX_FRAMES).collect(Collectors.joining(", "));
        return classes + sqlState(failure) + (locations.isEmpty() ? "" : " at " + locations);
    }

    /** The SQLSTATEs of a failure as the end of a sentence, or nothing. */
    static String sqlState(Throwable failure) {
        String states = DatabaseFailure.causes(failure).stream()
                .map(cause -> String.valueOf(cause.getSQLState()))
                .filter(state -> state.matches("[0-9A-Z]{5}"))
                .distinct()
                .collect(Collectors.joining(", "));
        return states.isEmpty() ? "" : " (SQLSTATE " + states + ")";
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            chain.add(cause);
            for (Throwable suppressed : cause.getSuppressed()) {
                chain.addAll(chain(suppressed));
            }
        }
        return chain;
    }

    /** Where the innermost cause was thrown, and then the service's own code, innermost first. */
    private static Stream<String> locations(List<Throwable> chain) {
        List<Throwable> innermostFirst = new ArrayList<>(chain);
        Collections.reverse(innermostFirst);
        Stream<StackTraceElement> origin =
                Arrays.stream(innermostFirst.get(0).getStackTrace()).limit(1);
        Stream<StackTraceElement> own = innermostFirst.stream()
                .flatMap(cause -> Arrays.stream(cause.getStackTrace()))
                .filter(Diagnosis::isOwnCode);
        return Stream.concat(origin, own).map(Diagnosis::location);
    }

    /** Proxies, which the framework generates, have an underscore in their names. */
    private static boolean isOwnCode(StackTraceElement frame) {
        return frame.getClassName().startsWith(OWN_CODE)
                && !frame.getClassName().contains("_")
                && frame.getLineNumber() > 0;
    }

    private static String location(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber();
    }
}
