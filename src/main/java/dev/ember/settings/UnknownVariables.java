package dev.ember.settings;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds environment variables with the prefix {@code EMBER_} that are not settings. Without this check, a misspelt
 * quota or identity setting would have no effect and no message.
 */
final class UnknownVariables {

    private static final String PREFIX = "EMBER_";

    /** The maximum number of wrong, missing and additional letters in a misspelt name. */
    private static final int MISSPELT = 2;

    /**
     * The variables that Kubernetes sets in a pod for the services {@code ember} and {@code ember-…}.
     *
     * @see <a href="https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables">The
     *     form</a>
     */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "EMBER_(?:\\w+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\\w+)?|PORT(?:_\\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?)");

    private UnknownVariables() {}

    /** Returns a line for the operator for each name that is close to the name of a setting. */
    static List<String> misspelt(Set<String> environment) {
        return unknown(environment).stream()
                .filter(name -> closest(name) != null)
                .map(name ->
                        name + " is not a setting of the service. Set " + closest(name) + " or remove " + name + ".")
                .toList();
    }

    /** Returns the names that are not settings, in alphabetical order. */
    static Set<String> unknown(Set<String> environment) {
        Set<String> unknown = new TreeSet<>();
        for (String name : environment) {
            if (name.startsWith(PREFIX)
                    && !DeclaredSettings.VARIABLES.contains(name)
                    && !SERVICE_LINK.matcher(name).matches()) {
                unknown.add(name);
            }
        }
        return unknown;
    }

    /** Returns the setting with the closest name, or null if no name is close. */
    static String closest(String name) {
        String closest = null;
        int least = MISSPELT + 1;
        for (String known : new TreeSet<>(DeclaredSettings.VARIABLES)) {
            int distance = distance(name, known);
            if (distance < least) {
                least = distance;
                closest = known;
            }
        }
        return closest;
    }

    /** The Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(diagonal, row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
