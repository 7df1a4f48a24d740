package dev.ember.framing;

import dev.ember.fault.FaultAnswer;
import dev.ember.fault.InvalidHead;
import dev.ember.routing.ConnectionEnd;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/** Ends connections on which a request turns out to be malformed, or may be, after its head was accepted. */
final class FramingFilter {

    private static final int AFTER_THE_REQUEST_ID = 9_950;

    private final FaultAnswer faults;

    FramingFilter(FaultAnswer faults) {
        this.faults = faults;
    }

    void register(@Observes Filters filters) {
        filters.register(this::filter, AFTER_THE_REQUEST_ID);
    }

    private void filter(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            request.exceptionHandler(failure -> rejectInvalidChunk(context, failure));
        }
        if (request.version() == HttpVersion.HTTP_1_0 && request.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            // Of several Content-Length headers, Netty takes the first in HTTP/1.0, and hides the others.
            context.addHeadersEndHandler(begin -> ConnectionEnd.after(request));
        }
        context.next();
    }

    /** Whatever Netty's decoder throws is a RuntimeException; failures of the connection are of other types. */
    private void rejectInvalidChunk(RoutingContext context, Throwable failure) {
        if (failure instanceof RuntimeException && !(failure instanceof VertxException)) {
            faults.end(context, InvalidHead.malformed("The chunked body is malformed"));
        }
    }
}
