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
 * Rejects requests with an invalid head before Vert.x and Quarkus process them. Vert.x and Quarkus would respond to
 * some of them without a body and serve others. Quarkus has no setting for the handler of such requests. Vert.x calls a
 * tracer for each request just before it selects the handler, so this class is a tracer. It does not trace anything.
 */
@Singleton
public final class RequestHeadFilter implements VertxOptionsCustomizer, VertxTracer<Object, Object> {

    private final FaultWriter faults;

    RequestHeadFilter(FaultWriter faults) {
        this.faults = faults;
    }

    /**
     * Sets the factory of the tracer. Vert.x would otherwise look it up in a service file, which a native binary does
     * not read.
     */
    @Override
    @SuppressWarnings("deprecation")
    public void accept(VertxOptions options) {
        options.setTracingOptions(new TracingOptions().setFactory(ignored -> this));
    }

    /**
     * Replaces the handlers of the connection if the head is invalid. The connection closes after the response, so it
     * does not need its original handlers.
     */
    @Override
    public <R> Object receiveRequest(
            Context context,
            SpanKind kind,
            TracingPolicy policy,
            R request,
            String operation,
            Iterable<Entry<String, String>> headers,
            TagExtractor<R> tags) {
        if (request instanceof HttpServerRequest received && RequestHead.findFault(received) != null) {
            ((HttpServerConnection) received.connection()).handler(this::reject).invalidRequestHandler(this::reject);
        }
        return null;
    }

    private void reject(HttpServerRequest request) {
        RequestIdFilter.identify(request.response());
        faults.write(request, RequestHead.findFault(request));
    }
}
