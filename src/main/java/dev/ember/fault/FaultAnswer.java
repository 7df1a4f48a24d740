package dev.ember.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;

/** Answers a request with a fault outside of its operation, where {@link FaultResponses} is not asked. */
@ApplicationScoped
public class FaultAnswer {

    private final ObjectMapper json;
    private final FaultResponses responses;

    FaultAnswer(ObjectMapper json, FaultResponses responses) {
        this.json = json;
        this.responses = responses;
    }

    /** Does nothing when the response has begun. */
    public void end(RoutingContext context, Fault fault) {
        end(context.request(), fault);
    }

    /** Does nothing when the response has begun. */
    public void end(HttpServerRequest request, Fault fault) {
        if (!request.response().headWritten()) {
            write(request.response(), responses.fault(fault, request));
        }
    }

    /** Responds to a request that failed for a reason that is no fault of the client. */
    public void end(RoutingContext context, Throwable failure) {
        if (!context.response().headWritten()) {
            write(
                    context.response(),
                    responses.unexpected(failure == null ? new IllegalStateException() : failure, null));
        }
    }

    /** Responds to a request for a path that has nothing. */
    public void endUnknownPath(RoutingContext context) {
        write(context.response(), responses.unknownPath(null, context));
    }

    private void write(HttpServerResponse response, Response fault) {
        response.setStatusCode(fault.getStatus());
        fault.getHeaders().forEach((name, values) -> response.putHeader(name, String.valueOf(values.get(0))));
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        try {
            response.end(Buffer.buffer(json.writeValueAsBytes(fault.getEntity())));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
