package dev.ember.etag;

import java.util.UUID;

/**
 * What a response calls the state that it shows, so that a client can ask whether it is still so. Each state has
 * another.
 *
 * @param text what stands between the quotes
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-etag">RFC 9110</a>
 */
public record EntityTag(String text) {

    /** The header of responses. */
    public static final String HEADER = "ETag";

    /**
     * The tag of a thing with an id.
     *
     * @param version how often it was changed; 0 for ever for what cannot be
     */
    public static EntityTag of(UUID id, int version) {
        return new EntityTag(id + "." + version);
    }

    /** As it stands in a header. */
    @Override
    public String toString() {
        return '"' + text + '"';
    }
}
