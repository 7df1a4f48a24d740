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
    public boolean isGiven() {
        return tags != null;
    }

    /**
     * Lets a change pass when the header has the tag of what is stored, or when there is no header. What is stored must
     * be locked until the change is made.
     *
     * @throws PreconditionFailed when the header has only other tags
     */
    public void check(EntityTag stored) {
        if (isGiven() && !tags.haveStrongly(stored)) {
            throw new PreconditionFailed();
        }
    }
}
