package dev.ember.etag;

import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * Identifies the returned state of a resource. Changes whenever the resource changes.
 *
 * @param text the text between the quotes
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-etag">RFC 9110</a>
 */
public record EntityTag(String text) {

    /** The response header. */
    public static final String HEADER = "ETag";

    /**
     * Creates the tag of a resource.
     *
     * @param version the number of updates of the resource; always 0 for an immutable resource
     */
    public static EntityTag of(UUID id, int version) {
        return new EntityTag(id + "." + version);
    }

    /** Returns a response with the state that this tag identifies. */
    public <T> RestResponse<T> ok(T body) {
        return ResponseBuilder.ok(body).header(HEADER, this).build();
    }

    /** Returns a 304 response for a client that already has the state. */
    public <T> RestResponse<T> notModified() {
        return ResponseBuilder.<T>create(RestResponse.Status.NOT_MODIFIED)
                .header(HEADER, this)
                .build();
    }

    /** Returns the value of the header. */
    @Override
    public String toString() {
        return '"' + text + '"';
    }
}
