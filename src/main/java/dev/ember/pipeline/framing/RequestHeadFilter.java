package dev.ember.pipeline.framing;

import dev.ember.pipeline.FaultWriter;
import dev.ember.pipeline.RequestIdFilter;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.Context;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingOptions;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.inject.Singleton;
import java.util.Map.Entry;

/**
 * Rejects requests with an invalid head before Vert.x and Quarkus see them, which would respond to some of them without
 * a body and serve others. Quarkus has no setting for that handler. Vert.x tells a tracer of each request just before
 * it chooses the handler; this tracer traces nothing.
 */
@Singleton
public final class RequestHeadFilter implements VertxOptionsCustomizer, VertxTracer<Object, Object> {

    private final FaultWriter faults;

    RequestHeadFilter(FaultWriter faults) {
        this.faults = faults;
    }

    /** Vert.x would otherwise find the factory through a service file, which a native binary does not read. */
    @Override
    @SuppressWarnings("deprecation")
    public void accept(VertxOptions options) {
        options.setTracingOptions(new TracingOptions().setFactory(ignored -> this));
    }

    /** The connection ends with the response, so that it needs no other handler. */
    @Override
    public <R> Object receiveRequest(
            Context context,
            SpanKind kind,
            TracingPolicy policy,
            R request,
            String operation,
            Iterable<Entry<String, String>> headers,
            TagExtractor<R> tags) {
        if (request instanceof HttpServerRequest received && RequestHead.faultOf(received) != null) {
            ((HttpServerConnection) received.connection()).handler(this::reject).invalidRequestHandler(this::reject);
        }
        return null;
    }

    private void reject(HttpServerRequest request) {
        RequestIdFilter.identify(request.response());
        faults.write(request, RequestHead.faultOf(request));
    }
}
