package dev.ember.pipeline.framing;

import dev.ember.fault.InvalidHead;
import dev.ember.pipeline.ConnectionEnd;
import dev.ember.pipeline.FaultWriter;
import dev.ember.pipeline.Station;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/** Closes connections on which a request is malformed, or may be malformed, although its head was accepted. */
final class FramingFilter {

    private final FaultWriter faults;

    FramingFilter(FaultWriter faults) {
        this.faults = faults;
    }

    void register(@Observes Filters filters) {
        Station.FRAMING.register(filters, this::filter);
    }

    private void filter(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            request.exceptionHandler(failure -> rejectInvalidChunk(context, failure));
        }
        if (request.version() == HttpVersion.HTTP_1_0 && request.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            // In HTTP/1.0, Netty uses the first of several Content-Length headers and hides the others.
            context.addHeadersEndHandler(begin -> ConnectionEnd.after(request));
        }
        context.next();
    }

    /** Netty's decoder throws only RuntimeExceptions. Failures of the connection have other types. */
    private void rejectInvalidChunk(RoutingContext context, Throwable failure) {
        if (failure instanceof RuntimeException && !(failure instanceof VertxException)) {
            faults.write(context, InvalidHead.malformed("The chunked body is malformed"));
        }
    }
}
