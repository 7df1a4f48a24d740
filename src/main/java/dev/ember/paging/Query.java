package dev.ember.paging;

import dev.ember.fault.InvalidData;
import dev.ember.fault.InvalidQuery;
import dev.ember.text.StorableText;
import dev.ember.text.Words;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;

/**
 * The query parameters of a request. The last value of a repeated parameter counts. An empty parameter is the same as
 * an absent one, as in Heat. Unknown parameters are ignored.
 */
public final class Query {

    /** The character that replaces bytes that are not UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    private final MultivaluedMap<String, String> parameters;

    private Query(MultivaluedMap<String, String> parameters) {
        this.parameters = parameters;
    }

    /**
     * Reads the parameters of a request.
     *
     * @throws InvalidQuery when a parameter is not UTF-8
     */
    public static Query of(UriInfo uri) {
        MultivaluedMap<String, String> parameters = uri.getQueryParameters();
        parameters.forEach((name, values) -> {
            if (values.stream().anyMatch(value -> value.indexOf(REPLACEMENT) >= 0)) {
                throw InvalidQuery.notUtf8(name);
            }
        });
        return new Query(parameters);
    }

    public Optional<String> parameter(String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.get(values.size() - 1)).filter(v -> !v.isEmpty());
    }

    /**
     * Returns a parameter that is compared with stored text.
     *
     * @param maxLength the maximum length in code points
     * @throws InvalidData when no stored text can equal the parameter
     */
    public Optional<String> text(String name, int maxLength) {
        return parameter(name).map(text -> {
            String violation = StorableText.violationOf(text);
            if (violation != null) {
                throw new InvalidData(List.of(name + " " + violation));
            }
            if (text.codePointCount(0, text.length()) > maxLength) {
                throw new InvalidData(List.of(name + " must be at most " + maxLength + " characters long"));
            }
            return text;
        });
    }

    /**
     * Returns a parameter that is {@code true} or {@code false}. It is false if it is absent.
     *
     * @throws InvalidData when it is any other text
     */
    public boolean flag(String name) {
        return parameter(name)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new InvalidData(List.of(name + " must be true or false"));
                })
                .orElse(false);
    }

    /**
     * Returns a parameter that is an enumeration value.
     *
     * @throws InvalidData when it is any other text
     */
    public <E extends Enum<E>> Optional<E> word(String name, Class<E> words) {
        return parameter(name).map(text -> Words.find(words, text)
                .orElseThrow(() -> new InvalidData(List.of(name + " " + Words.rule(words)))));
    }
}
