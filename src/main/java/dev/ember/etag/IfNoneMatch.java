package dev.ember.etag;

import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/** The {@code If-None-Match} of a request: the states that the client has, on which the response depends. */
public final class IfNoneMatch {

    static final String HEADER = "If-None-Match";

    /** That of a request without the header. */
    static final IfNoneMatch ABSENT = new IfNoneMatch(null);

    private final EntityTags tags;

    IfNoneMatch(EntityTags tags) {
        this.tags = tags;
    }

    /** Whether the request has the header. */
    public boolean isGiven() {
        return tags != null;
    }

    /** Whether the client has the state that a tag stands for. */
    public boolean has(EntityTag tag) {
        return isGiven() && tags.haveWeakly(tag);
    }

    /** The response with a body, or, when the client has that, 304 without one. */
    public <T> RestResponse<T> respond(EntityTag tag, Supplier<T> body) {
        return has(tag) ? tag.notModified() : tag.ok(body.get());
    }
}
