package dev.ember;

import static io.restassured.RestAssured.given;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the metrics of the running service. */
public final class Metrics {

    private Metrics() {}

    /** Returns the names of all time series, as Prometheus stores them. */
    public static Set<String> names() {
        return lines().map(line -> line.split("[{ ]", 2)[0]).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the sum of all time series that begin with a text, such as a name and its first label. */
    public static double sum(String beginning) {
        return lines().filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static Stream<String> lines() {
        return given().get("/q/metrics").asString().lines().filter(line -> !line.startsWith("#"));
    }
}
