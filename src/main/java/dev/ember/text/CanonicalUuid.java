package dev.ember.text;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Reads ids in requests. */
public final class CanonicalUuid {

    private CanonicalUuid() {}

    /**
     * A UUID in the form 8-4-4-4-12 of RFC 9562, in either case; empty for any other text. {@link UUID#fromString} also
     * takes groups that are too short or too long.
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
     * A UUID in lower case, as it is stored, so that a reference finds its resource in whichever case a client writes
     * it. Any other text, and null, is returned unchanged.
     */
    public static String inLowerCase(String text) {
        return text != null && parse(text).isPresent() ? text.toLowerCase(Locale.ROOT) : text;
    }
}
