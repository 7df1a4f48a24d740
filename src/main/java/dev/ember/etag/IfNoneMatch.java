package dev.ember.etag;

import dev.ember.fault.InvalidHeader;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** What the client has, as the {@code If-None-Match} of its request says, on which the answer depends. */
public final class IfNoneMatch {

    static final String HEADER = "If-None-Match";

    private final List<String> values;

    IfNoneMatch(List<String> values) {
        this.values = values;
    }

    /** Whether the client says what it has. */
    public boolean isGiven() {
        return !values.isEmpty();
    }

    /**
     * Whether the client has what a tag stands for.
     *
     * @throws InvalidHeader when the header is malformed
     */
    public boolean has(EntityTag tag) {
        return isGiven() && EntityTags.of(HEADER, values).haveWeakly(tag);
    }

    /** The answer with a body, or, when the client has that, 304 without one. */
    public <T> RestResponse<T> answer(EntityTag tag, Supplier<T> body) {
        return has(tag) ? notModified(tag) : Preconditions.ok(tag, body.get());
    }

    /** The answer to a client that has what the tag stands for. */
    public static <T> RestResponse<T> notModified(EntityTag tag) {
        return ResponseBuilder.<T>create(RestResponse.Status.NOT_MODIFIED)
                .header(EntityTag.HEADER, tag)
                .build();
    }
}
