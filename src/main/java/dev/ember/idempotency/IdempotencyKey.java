package dev.ember.idempotency;

import dev.ember.fault.InvalidHeader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The idempotency key of a request. The service executes requests with the same key only once.
 *
 * @param text 1 to 255 printable ASCII characters
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The IETF draft, which
 *     sends the key in quotes</a>
 * @see <a href="https://docs.stripe.com/api/idempotent_requests">Stripe, which sends the key without quotes</a>
 */
public record IdempotencyKey(String text) {

    static final String HEADER = "Idempotency-Key";

    private static final int MAX_LENGTH = 255;
    private static final Pattern UNQUOTED = Pattern.compile("[ -~&&[^\"]][ -~]*+");

    /** A string as defined by <a href="https://www.rfc-editor.org/rfc/rfc9651#name-strings">RFC 9651</a>. */
    private static final Pattern QUOTED = Pattern.compile("\"(?:[ -~&&[^\"\\\\]]|\\\\[\"\\\\])++\"");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    /**
     * Parses the key of a request, if it has one.
     *
     * @param values the values of all headers with this name
     * @throws InvalidHeader when there are several headers, or the value is not a valid key
     */
    static Optional<IdempotencyKey> of(List<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw invalid();
        }
        String text = unquote(values.get(0));
        if (text.length() > MAX_LENGTH) {
            throw invalid();
        }
        return Optional.of(new IdempotencyKey(text));
    }

    private static String unquote(String value) {
        if (QUOTED.matcher(value).matches()) {
            return ESCAPED.matcher(value.substring(1, value.length() - 1)).replaceAll("$1");
        }
        if (UNQUOTED.matcher(value).matches()) {
            return value;
        }
        throw invalid();
    }

    private static InvalidHeader invalid() {
        return new InvalidHeader(
                HEADER,
                "must be sent once, with 1 to " + MAX_LENGTH + " printable ASCII characters, with or without quotes");
    }
}
