package dev.ember.etag;

import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/** The {@code If-None-Match} header of a request: the tags of the states that the client already has. */
public final class IfNoneMatch {

    static final String HEADER = "If-None-Match";

    /** The condition of a request without the header. */
    static final IfNoneMatch ABSENT = new IfNoneMatch(null);

    private final EntityTags tags;

    IfNoneMatch(EntityTags tags) {
        this.tags = tags;
    }

    /** Returns whether the request has the header. */
    public boolean isPresent() {
        return tags != null;
    }

    /** Returns whether the client already has the state that a tag identifies. */
    public boolean matches(EntityTag tag) {
        return isPresent() && tags.matchWeakly(tag);
    }

    /** Returns a 304 response when the client already has the state, else a response with the body. */
    public <T> RestResponse<T> respond(EntityTag tag, Supplier<T> body) {
        return matches(tag) ? tag.notModified() : tag.ok(body.get());
    }
}
