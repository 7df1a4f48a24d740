package dev.ember.etag;

import dev.ember.fault.InvalidHeader;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
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

    /**
     * Returns the header of a request.
     *
     * @throws InvalidHeader when the header is malformed
     */
    public static IfNoneMatch of(HttpServerRequest request) {
        List<String> values = request.headers().getAll(HEADER);
        return values.isEmpty() ? ABSENT : new IfNoneMatch(EntityTags.of(HEADER, values));
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
