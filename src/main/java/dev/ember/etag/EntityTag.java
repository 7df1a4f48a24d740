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

    /** The header of responses. */
    public static final String HEADER = "ETag";

    /**
     * The tag of a resource with an id.
     *
     * @param version how often the resource was changed; always 0 for one that cannot change
     */
    public static EntityTag of(UUID id, int version) {
        return new EntityTag(id + "." + version);
    }

    /** The response with the state that this tag identifies. */
    public <T> RestResponse<T> ok(T body) {
        return ResponseBuilder.ok(body).header(HEADER, this).build();
    }

    /** The response to a client that has the state already. */
    public <T> RestResponse<T> notModified() {
        return ResponseBuilder.<T>create(RestResponse.Status.NOT_MODIFIED)
                .header(HEADER, this)
                .build();
    }

    /** The value of the header. */
    @Override
    public String toString() {
        return '"' + text + '"';
    }
}
