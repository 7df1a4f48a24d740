package dev.ember.packaged;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;

/**
 * Versions of a package that have a known vulnerability.
 *
 * @param packageName group and artifact, with a colon
 * @param fixed the first fixed version of each fixed release line. Later lines than the last one are compared with the
 *     last one
 */
record Advisory(
        String id, @JsonProperty("package") String packageName, List<String> fixed, String what, String source) {

    /** Returns whether a version of the package has the vulnerability. */
    boolean affects(String version) {
        String line = line(version);
        String first = fixed.stream()
                .filter(candidate -> line(candidate).equals(line))
                .findFirst()
                .orElse(fixed.get(fixed.size() - 1));
        return Arrays.compare(numbers(version), numbers(first)) < 0;
    }

    private static String line(String version) {
        int[] numbers = numbers(version);
        return numbers[0] + "." + numbers[1];
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("[.-]"))
                .takeWhile(part -> part.matches("[0-9]+"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
