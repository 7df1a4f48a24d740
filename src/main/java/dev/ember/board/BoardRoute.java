package dev.ember.board;

import dev.ember.etag.EntityTag;
import dev.ember.etag.IfNoneMatch;
import dev.ember.fault.Fault;
import dev.ember.fault.MethodNotAllowed;
import dev.ember.fault.NotFound;
import dev.ember.identity.Authorization;
import dev.ember.pipeline.FaultWriter;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Serves the board: a page that shows the servers of a tenant. Its files are public and the same for all callers. The
 * page itself requests the API with the token of the caller. Nothing is loaded if the board is disabled.
 *
 * <p>The route is not an operation of JAX-RS. The board is no part of the API, needs no thread, and has paths that end
 * in a slash.
 */
@ApplicationScoped
class BoardRoute {

    /** The path of the page. */
    static final String PREFIX = "/board/";

    private static final String PREFIX_WITHOUT_SLASH = "/board";

    private static final Set<String> METHODS = new TreeSet<>(Set.of("GET", "HEAD", "OPTIONS"));

    /**
     * The page loads only its own files and requests only its own service. It cannot be framed, has no inline script or
     * style, and no text can become markup.
     */
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'";

    private static final Map<String, String> HEADERS = Map.of(
            // A cache asks each time. The names of the files are the same in all releases.
            "Cache-Control", "no-cache",
            "Content-Security-Policy", CONTENT_SECURITY_POLICY,
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY");

    private final BoardSettings settings;
    private final Authorization authorization;
    private final FaultWriter faults;

    BoardRoute(BoardSettings settings, Authorization authorization, FaultWriter faults) {
        this.settings = settings;
        this.authorization = authorization;
        this.faults = faults;
    }

    void register(@Observes Router router) {
        if (settings.board()) {
            Map<String, BoardFile> files = BoardFiles.read(authorization.mode());
            router.route(PREFIX + "*").handler(context -> respond(context, files));
        }
    }

    private void respond(RoutingContext context, Map<String, BoardFile> files) {
        String path = context.request().path();
        boolean isPrefix = path.equals(PREFIX_WITHOUT_SLASH);
        BoardFile file = path.startsWith(PREFIX) ? files.get(path.substring(PREFIX.length())) : null;
        if (!isPrefix && file == null) {
            faults.write(context, NotFound.path(path));
            return;
        }
        HttpMethod method = context.request().method();
        if (method.equals(HttpMethod.OPTIONS)) {
            context.response()
                    .setStatusCode(204)
                    .putHeader(HttpHeaders.ALLOW, String.join(", ", METHODS))
                    .end();
        } else if (!METHODS.contains(method.name())) {
            faults.write(context, new MethodNotAllowed(METHODS));
        } else if (isPrefix) {
            context.response()
                    .setStatusCode(308)
                    .putHeader(HttpHeaders.LOCATION, PREFIX)
                    .end();
        } else {
            send(context, file);
        }
    }

    private void send(RoutingContext context, BoardFile file) {
        HttpServerRequest request = context.request();
        boolean isCached;
        try {
            isCached = IfNoneMatch.of(request).matches(file.tag());
        } catch (Fault e) {
            faults.write(context, e);
            return;
        }
        HttpServerResponse response = context.response();
        HEADERS.forEach(response::putHeader);
        response.putHeader(EntityTag.HEADER, file.tag().toString());
        if (isCached) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.mediaType());
        response.putHeader(
                HttpHeaders.CONTENT_LENGTH, Integer.toString(file.content().length()));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(file.content());
        }
    }
}
