package dev.ember.etag;

import dev.ember.fault.InvalidHeader;
import dev.ember.fault.PreconditionFailed;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
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

    /** What the client has. It may be asked also when the present request is no longer the present one. */
    public IfNoneMatch ifNoneMatch() {
        return new IfNoneMatch(values(IfNoneMatch.HEADER));
    }

    public static <T> RestResponse<T> ok(EntityTag tag, T body) {
        return ResponseBuilder.ok(body).header(EntityTag.HEADER, tag).build();
    }

    private List<String> values(String header) {
        return request.getCurrent().request().headers().getAll(header);
    }
}
