package dev.ember.etag;

import dev.ember.fault.InvalidHeader;
import dev.ember.fault.PreconditionFailed;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * What the present request makes its being done depend on. What a condition is compared with must not change until the
 * request is done.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests">RFC 9110</a>
 */
@ApplicationScoped
public class Preconditions {

    private static final String IF_MATCH = "If-Match";
    private static final String IF_NONE_MATCH = "If-None-Match";

    private final CurrentVertxRequest request;

    Preconditions(CurrentVertxRequest request) {
        this.request = request;
    }

    /** Whether a change depends on what is stored. */
    public boolean dependsOnState() {
        return !values(IF_MATCH).isEmpty();
    }

    /**
     * Lets a change pass whose {@code If-Match} has the tag of what is stored, or that has none.
     *
     * @throws PreconditionFailed when it has not
     * @throws InvalidHeader when the header is malformed
     */
    public void check(EntityTag stored) {
        List<String> values = values(IF_MATCH);
        if (!values.isEmpty() && !EntityTags.of(IF_MATCH, values).haveStrongly(stored)) {
            throw new PreconditionFailed();
        }
    }

    /** Whether an answer depends on what the client has. */
    public boolean dependsOnClient() {
        return !values(IF_NONE_MATCH).isEmpty();
    }

    /**
     * Whether the client has what a tag stands for, as its {@code If-None-Match} says.
     *
     * @throws InvalidHeader when the header is malformed
     */
    public boolean clientHas(EntityTag tag) {
        List<String> values = values(IF_NONE_MATCH);
        return !values.isEmpty() && EntityTags.of(IF_NONE_MATCH, values).haveWeakly(tag);
    }

    /** The answer with a body, or, when the client has that, 304 without one. */
    public <T> RestResponse<T> answer(EntityTag tag, Supplier<T> body) {
        return clientHas(tag) ? notModified(tag) : ok(tag, body.get());
    }

    public static <T> RestResponse<T> ok(EntityTag tag, T body) {
        return ResponseBuilder.ok(body).header(EntityTag.HEADER, tag).build();
    }

    public static <T> RestResponse<T> notModified(EntityTag tag) {
        return ResponseBuilder.<T>create(RestResponse.Status.NOT_MODIFIED)
                .header(EntityTag.HEADER, tag)
                .build();
    }

    private List<String> values(String header) {
        return request.getCurrent().request().headers().getAll(header);
    }
}
