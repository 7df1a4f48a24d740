package dev.ember.idempotency;

import dev.ember.fault.InvalidHeader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client calls a request by, so that it is done once however often it is sent.
 *
 * @param text 1 to 255 printable characters of ASCII
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The draft, which has it in
 *     quotes</a>
 * @see <a href="https://docs.stripe.com/api/idempotent_requests">Stripe, which has it bare</a>
 */
public record IdempotencyKey(String text) {

    static final String HEADER = "Idempotency-Key";

    private static final int MAX_LENGTH = 255;
    private static final Pattern BARE = Pattern.compile("[ -~&&[^\"]][ -~]*+");

    /** A string of <a href="https://www.rfc-editor.org/rfc/rfc9651#name-strings">RFC 9651</a>. */
    private static final Pattern QUOTED = Pattern.compile("\"(?:[ -~&&[^\"\\\\]]|\\\\[\"\\\\])++\"");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    /**
     * The key of a request, if it has one.
     *
     * @param values those of all headers of the name
     * @throws InvalidHeader when they are not one key
     */
    static Optional<IdempotencyKey> of(List<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw invalid();
        }
        String text = unquoted(values.get(0));
        if (text.length() > MAX_LENGTH) {
            throw invalid();
        }
        return Optional.of(new IdempotencyKey(text));
    }

    private static String unquoted(String value) {
        if (QUOTED.matcher(value).matches()) {
            return ESCAPED.matcher(value.substring(1, value.length() - 1)).replaceAll("$1");
        }
        if (BARE.matcher(value).matches()) {
            return value;
        }
        throw invalid();
    }

    private static InvalidHeader invalid() {
        return new InvalidHeader(
                HEADER,
                "must be there once, with 1 to " + MAX_LENGTH + " printable ASCII characters, in quotes or bare");
    }
}
