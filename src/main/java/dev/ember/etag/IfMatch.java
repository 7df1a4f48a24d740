package dev.ember.etag;

import dev.ember.fault.PreconditionFailed;

/** The {@code If-Match} of a request: the states of which one must be stored for the change to be made. */
public final class IfMatch {

    static final String HEADER = "If-Match";

    /** That of a request without the header. */
    static final IfMatch ABSENT = new IfMatch(null);

    private final EntityTags tags;

    IfMatch(EntityTags tags) {
        this.tags = tags;
    }

    /** Whether the request has the header. */
    private boolean isGiven() {
        return tags != null;
    }

    /**
     * Whether a change of a stored resource may be made: the header has its tag, or there is no header.
     *
     * @param stored the tag of what is stored
     */
    public boolean accepts(EntityTag stored) {
        return !isGiven() || tags.haveStrongly(stored);
    }

    /** The texts of the tags that allow a change, separated by spaces; null when every stored resource allows it. */
    public String tags() {
        return !isGiven() || tags.any() ? null : tags.strong();
    }

    /**
     * Checks a change of a stored resource, which must be locked until the change is made.
     *
     * @throws PreconditionFailed when the header has only other tags
     */
    public void check(EntityTag stored) {
        if (!accepts(stored)) {
            throw new PreconditionFailed();
        }
    }
}
