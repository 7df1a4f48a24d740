package dev.ember.etag;

import dev.ember.fault.InvalidHeader;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Reads the preconditions of the current request.
 *
 * <p>An operation reads them before it queries the database. Preconditions are evaluated last, but a malformed header
 * is a bad request whatever is stored.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests">RFC 9110</a>
 */
@ApplicationScoped
public class Preconditions {

    private final CurrentVertxRequest request;

    Preconditions(CurrentVertxRequest request) {
        this.request = request;
    }

    /**
     * Returns the {@code If-Match} header.
     *
     * @throws InvalidHeader when the header is malformed
     */
    public IfMatch ifMatch() {
        List<String> values = request.getCurrent().request().headers().getAll(IfMatch.HEADER);
        return values.isEmpty() ? IfMatch.ABSENT : new IfMatch(EntityTags.of(IfMatch.HEADER, values));
    }

    /**
     * Returns the {@code If-None-Match} header.
     *
     * @throws InvalidHeader when the header is malformed
     */
    public IfNoneMatch ifNoneMatch() {
        return IfNoneMatch.of(request.getCurrent().request());
    }
}
