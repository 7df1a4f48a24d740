package dev.ember.json;

import dev.ember.fault.UnsupportedMediaType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets bodies in that Heat would read as JSON: those with the type of JSON, of plain text, none, or the word JSON.
 * Parameters such as {@code charset} do not matter: JSON is UTF-8 (RFC 8259, section 8.1).
 */
final class ContentTypeFilter {

    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT");
    private static final Set<String> TYPES = Set.of("", "json", MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN);

    @ServerRequestFilter
    void filter(ContainerRequestContext request) {
        String contentType = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (contentType == null || !METHODS_WITH_BODY.contains(request.getMethod())) {
            return;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!TYPES.contains(type)) {
            throw new UnsupportedMediaType();
        }
        request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
    }
}
