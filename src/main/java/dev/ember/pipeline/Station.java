package dev.ember.pipeline;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * The stations that a request passes before its operation, in the order of execution. They define the priorities of the
 * filters.
 *
 * <table>
 * <caption>Stations</caption>
 * <tr><th>Station</th><th>Class</th><th>What it does</th><th>Fault</th></tr>
 * <tr><td>{@link #REQUEST_HEAD}</td><td>{@code framing.RequestHeadFilter}</td><td>rejects an invalid head</td>
 * <td>400, 414, 431, 501, 505</td></tr>
 * <tr><td>{@link #REQUEST_ID}</td><td>{@link RequestIdFilter}</td><td>gives the request an id</td><td></td></tr>
 * <tr><td>{@link #SLOW_READER}</td><td>{@code response.SlowReaderFilter}</td><td>waits until the client has read the previous responses</td><td></td></tr>
 * <tr><td>{@link #FRAMING}</td><td>{@code framing.FramingFilter}</td><td>rejects invalid chunks</td><td>400</td></tr>
 * <tr><td>{@link #UNREAD_BODY}</td><td>{@link UnreadBodyFilter}</td><td>discards a body that no operation read</td>
 * <td></td></tr>
 * <tr><td>{@link #DRAIN}</td><td>{@link DrainFilter}</td><td>closes connections during a shutdown</td><td></td></tr>
 * <tr><td>{@link #CORS}</td><td>{@link CorsFilter}</td><td>responds to preflight requests</td><td></td></tr>
 * <tr><td>{@link #AUTHENTICATION}</td><td>{@link AuthenticationFilter}</td><td>validates the token</td><td>401, 503</td>
 * </tr>
 * <tr><td>{@link #SIGNATURE}</td><td>{@link SignatureFilter}</td><td>verifies the signature of an agent's URL</td>
 * <td>404</td></tr>
 * <tr><td>{@link #BODY}</td><td>{@link BodyFilter}</td><td>receives the body within limits of time and memory</td><td>408, 503</td>
 * </tr>
 * <tr><td>{@link #CONCURRENCY_LIMIT}</td><td>{@link ConcurrencyLimit}</td><td>acquires a permit</td><td>503</td></tr>
 * <tr><td>{@link #PERMIT}</td><td>{@link PermitFilter}</td><td>releases the permit at the end of the operation</td>
 * <td></td></tr>
 * <tr><td>{@link #REQUEST_LINE}</td><td>{@link RequestLineFilter}</td><td>interprets paths as Heat does</td><td>404</td></tr>
 * <tr><td>{@link #SCHEMA}</td><td>{@link SchemaFilter}</td><td>checks the version of the database schema</td>
 * <td>503</td></tr>
 * <tr><td>{@link #CONTENT_TYPE}</td><td>{@link ContentTypeFilter}</td><td>rejects bodies that are not JSON</td>
 * <td>415</td></tr>
 * </table>
 *
 * <p>After the stations, JAX-RS reads the body as JSON (400, 413), and the operation begins with the authorization of
 * the caller (403). The stations before {@link #PERMIT} run on the event loop before the path is matched. JAX-RS runs
 * {@link #PERMIT} and the later ones. It runs {@link #SCHEMA} and {@link #CONTENT_TYPE} only if an operation has the
 * path.
 */
public enum Station {
    REQUEST_HEAD,
    REQUEST_ID,
    SLOW_READER,
    FRAMING,
    UNREAD_BODY,
    DRAIN,
    CORS,
    AUTHENTICATION,
    SIGNATURE,
    BODY,
    CONCURRENCY_LIMIT,
    PERMIT,
    REQUEST_LINE,
    SCHEMA,
    CONTENT_TYPE;

    /** The priority of {@link #REQUEST_HEAD}. Filters of Quarkus have priorities of at most a few hundred. */
    private static final int FIRST = 10_000;

    private static final int STEP = 100;

    /**
     * The priorities of JAX-RS filters. The filter with the lowest priority runs first. Annotations require constants.
     */
    static final class Priority {
        static final int PERMIT = 1;
        static final int REQUEST_LINE = 2;
        static final int SCHEMA = 3;
        static final int CONTENT_TYPE = 4;

        private Priority() {}
    }

    /** Registers a filter that runs on the event loop. */
    public void register(Filters filters, Handler<RoutingContext> filter) {
        filters.register(filter, FIRST - STEP * ordinal());
    }
}
