package dev.ember.watch;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the preference {@code wait} of a request: how long the client is ready to wait for a change.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240#section-4.3">RFC 7240, section 4.3</a>
 */
final class Prefer {

    /** The longest wait in seconds. Proxies close a connection that is silent for longer. */
    static final int MAX_SECONDS = 60;

    static final String HEADER = "Prefer";

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"";
    private static final String VALUE = "(?:[ \\t]*+=[ \\t]*+(" + TOKEN + "|" + QUOTED + "))?+";

    /** A preference with its parameters, which may be empty, and its delimiter. */
    private static final Pattern ELEMENT =
            Pattern.compile("\\G[ \\t]*+(?:(" + TOKEN + ")" + VALUE + "(?:[ \\t]*+;[ \\t]*+(?:" + TOKEN
                    + VALUE.replace("(" + TOKEN, "(?:" + TOKEN) + ")?+)*+)?+[ \\t]*+(?:,|\\z)");

    private static final Pattern SECONDS = Pattern.compile("\"?0*([1-9][0-9]{0,8})\"?");

    private Prefer() {}

    /**
     * Returns the seconds to wait, at most {@link #MAX_SECONDS}. Empty if there is no such preference, or if it is
     * malformed. The first one counts.
     *
     * @param headers the values of all headers {@code Prefer}, which form one list
     */
    static OptionalInt waitSeconds(List<String> headers) {
        String list = String.join(",", headers);
        Matcher element = ELEMENT.matcher(list);
        for (int end = 0; end < list.length() && element.find(); end = element.end()) {
            if ("wait".equalsIgnoreCase(element.group(1))) {
                Matcher seconds = SECONDS.matcher(element.group(2) == null ? "" : element.group(2));
                return seconds.matches()
                        ? OptionalInt.of(Math.min(MAX_SECONDS, Integer.parseInt(seconds.group(1))))
                        : OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }
}
