package dev.ember.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ember.agent.AgentPath;
import dev.ember.fault.Fault;
import dev.ember.fault.Unavailable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.util.Map;

/** Renders all faults as responses, both those of operations and those before an operation runs. */
@ApplicationScoped
public class FaultWriter {

    private final ObjectMapper json;
    private final UnexpectedFailures failures;

    FaultWriter(ObjectMapper json, UnexpectedFailures failures) {
        this.json = json;
        this.failures = failures;
    }

    /** Responds to the request with a fault. Does nothing if the response has begun. */
    public void write(RoutingContext context, Fault fault) {
        write(context.request(), fault);
    }

    /** Responds to the request with a fault. Does nothing if the response has begun. */
    public void write(HttpServerRequest request, Fault fault) {
        HttpServerResponse response = request.response();
        if (response.headWritten()) {
            return;
        }
        closeConnection(request, fault);
        response.setStatusCode(fault.status().code());
        headers(request, fault).forEach(response::putHeader);
        response.putHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        try {
            response.end(Buffer.buffer(json.writeValueAsBytes(FaultBody.of(fault))));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Responds to a request that failed unexpectedly. */
    public void write(RoutingContext context, Throwable failure) {
        write(context, failures.toFault(failure == null ? new IllegalStateException() : failure, null));
    }

    /** The response of an operation that failed with a fault. */
    Response response(HttpServerRequest request, Fault fault) {
        closeConnection(request, fault);
        Response.ResponseBuilder response = Response.status(fault.status().code())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(FaultBody.of(fault));
        headers(request, fault).forEach(response::header);
        return response.build();
    }

    /**
     * The headers of a fault. Signals get no Retry-After, because it makes agents give up after 20 s instead of six
     * minutes.
     */
    private static Map<String, String> headers(HttpServerRequest request, Fault fault) {
        return fault instanceof Unavailable && AgentPath.isSignal(request.path()) ? Map.of() : fault.headers();
    }

    private static void closeConnection(HttpServerRequest request, Fault fault) {
        if (fault.closesConnection()) {
            ConnectionEnd.after(request);
        }
    }
}
