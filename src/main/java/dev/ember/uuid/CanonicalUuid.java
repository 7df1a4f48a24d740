package dev.ember.uuid;

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
}
