package dev.ember.pipeline;

import dev.ember.database.DatabaseFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Describes an unexpected failure in one log line: the exception classes, the SQLSTATE, and the location in the code of
 * the service. Messages of exceptions are omitted, because they may quote SQL or data from a client.
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

    /** The SQLSTATEs of a failure in parentheses, to append to a message. Empty if there are none. */
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

    /**
     * The location where the innermost cause was thrown, followed by the frames in the service's own code, innermost
     * first.
     */
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

    /** Excludes the proxies that the framework generates. Their names contain an underscore. */
    private static boolean isOwnCode(StackTraceElement frame) {
        return frame.getClassName().startsWith(OWN_CODE)
                && !frame.getClassName().contains("_")
                && frame.getLineNumber() > 0;
    }

    private static String location(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber();
    }
}
