package dev.ember.pipeline;

import dev.ember.agent.AgentPath;
import dev.ember.fault.UnsupportedMediaType;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Accepts uncompressed bodies that Heat reads as JSON. Their Content-Type is JSON, plain text, the word JSON, or
 * missing. Parameters such as {@code charset} are ignored, because JSON is always UTF-8 (RFC 8259, section 8.1).
 */
final class ContentTypeFilter {

    private static final Set<HttpMethod> METHODS_WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT);
    private static final String IDENTITY = "identity";
    private static final Set<String> TYPES = Set.of("", "json", MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN);

    /**
     * Changes the header in the HTTP request itself. The headers that JAX-RS passes to a filter are a copy of all
     * headers.
     */
    @ServerRequestFilter(priority = Station.Priority.CONTENT_TYPE)
    void filter(HttpServerRequest request) {
        rejectContentEncoding(request);
        if (request.path().startsWith(AgentPath.PREFIX)) {
            // A signal must not be lost, regardless of its Content-Type.
            return;
        }
        String contentType = request.headers().get(HttpHeaders.CONTENT_TYPE);
        if (contentType == null
                || contentType.equals(MediaType.APPLICATION_JSON)
                || !METHODS_WITH_BODY.contains(request.method())) {
            return;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!TYPES.contains(type)) {
            throw new UnsupportedMediaType();
        }
        request.headers().set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
    }

    private static void rejectContentEncoding(HttpServerRequest request) {
        if (!request.headers().contains(HttpHeaders.CONTENT_ENCODING)
                || !METHODS_WITH_BODY.contains(request.method())) {
            return;
        }
        for (String encoding : request.headers().getAll(HttpHeaders.CONTENT_ENCODING)) {
            if (!encoding.isBlank() && !encoding.strip().equalsIgnoreCase(IDENTITY)) {
                throw UnsupportedMediaType.contentEncoding();
            }
        }
    }
}
