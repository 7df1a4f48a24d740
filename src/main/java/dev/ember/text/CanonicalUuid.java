package dev.ember.text;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Parses and normalizes UUIDs in requests. */
public final class CanonicalUuid {

    private CanonicalUuid() {}

    /**
     * Parses a UUID in the form 8-4-4-4-12 of RFC 9562, in either case. Returns empty for any other text.
     * {@link UUID#fromString} alone is not strict enough: it also accepts groups that are too short or too long.
     */
    public static Optional<UUID> parse(String text) {
        try {
            return Optional.of(UUID.fromString(text))
                    .filter(uuid -> uuid.toString().equalsIgnoreCase(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Converts a UUID to lower case, the stored form, so that references match in either case. Returns any other text
     * and null unchanged.
     */
    public static String inLowerCase(String text) {
        return text != null && parse(text).isPresent() ? text.toLowerCase(Locale.ROOT) : text;
    }
}
