package dev.ember.settings;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Finds environment variables that begin like a setting and are none. A misspelt quota or identity setting would
 * otherwise be off without a word.
 */
@ApplicationScoped
class UnknownVariables {

    private static final Logger LOG = Logger.getLogger(UnknownVariables.class);
    private static final String PREFIX = "EMBER_";

    /** How many letters a misspelt name has wrong, missing or too many, at most. */
    private static final int MISSPELT = 2;

    /**
     * What Kubernetes tells a pod of the services {@code ember} and {@code ember-…}.
     *
     * @see <a href="https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables">The
     *     form</a>
     */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "EMBER_(?:\\w+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\\w+)?|PORT(?:_\\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?)");

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        for (String name : unknown(System.getenv().keySet())) {
            String meant = closest(name);
            if (meant != null) {
                throw new InvalidConfiguration(
                        name + " is not a setting of the service. Set " + meant + " or remove " + name + ".");
            }
            LOG.warnf("%s is not a setting of the service and has no effect", name);
        }
    }

    /** In the order of the alphabet. */
    static Set<String> unknown(Set<String> environment) {
        Set<String> unknown = new TreeSet<>();
        for (String name : environment) {
            if (name.startsWith(PREFIX)
                    && !KnownVariables.NAMES.contains(name)
                    && !SERVICE_LINK.matcher(name).matches()) {
                unknown.add(name);
            }
        }
        return unknown;
    }

    /** The setting that a misspelt name is closest to, or null when it is close to none. */
    static String closest(String name) {
        String closest = null;
        int least = MISSPELT + 1;
        for (String known : KnownVariables.NAMES) {
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
