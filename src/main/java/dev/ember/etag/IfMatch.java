package dev.ember.etag;

import dev.ember.fault.PreconditionFailed;

/** The {@code If-Match} header of a request. A change is made only when the stored state matches one of its tags. */
public final class IfMatch {

    static final String HEADER = "If-Match";

    /** The condition of a request without the header. */
    static final IfMatch ABSENT = new IfMatch(null);

    private final EntityTags tags;

    IfMatch(EntityTags tags) {
        this.tags = tags;
    }

    /** Returns whether the request has the header. */
    private boolean isPresent() {
        return tags != null;
    }

    /**
     * Returns whether a stored resource may be changed: the header contains its tag, or there is no header.
     *
     * @param stored the tag of the stored state
     */
    public boolean accepts(EntityTag stored) {
        return !isPresent() || tags.matchStrongly(stored);
    }

    /**
     * Returns the texts of the tags that allow a change, separated by spaces. Returns null when every state allows it.
     */
    public String tags() {
        return !isPresent() || tags.any() ? null : tags.strongTexts();
    }

    /**
     * Validates that a stored resource may be changed. The caller must have locked the resource until the change is
     * made.
     *
     * @throws PreconditionFailed when the header contains only other tags
     */
    public void check(EntityTag stored) {
        if (!accepts(stored)) {
            throw new PreconditionFailed();
        }
    }
}
