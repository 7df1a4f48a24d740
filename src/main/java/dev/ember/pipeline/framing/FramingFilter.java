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

/** Ends connections on which a request turns out to be malformed, or may be, after its head was accepted. */
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
            // Of several Content-Length headers, Netty takes the first in HTTP/1.0, and hides the others.
            context.addHeadersEndHandler(begin -> ConnectionEnd.after(request));
        }
        context.next();
    }

    /** Whatever Netty's decoder throws is a RuntimeException; failures of the connection are of other types. */
    private void rejectInvalidChunk(RoutingContext context, Throwable failure) {
        if (failure instanceof RuntimeException && !(failure instanceof VertxException)) {
            faults.write(context, InvalidHead.malformed("The chunked body is malformed"));
        }
    }
}
