package dev.ember.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;

/** Answers a request with a fault before its operation is looked for. From then on {@link FaultResponses} does. */
@ApplicationScoped
public class FaultAnswer {

    private final ObjectMapper json;

    FaultAnswer(ObjectMapper json) {
        this.json = json;
    }

    public void end(RoutingContext context, Fault fault) {
        HttpServerResponse response = context.response();
        response.setStatusCode(fault.body().code());
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        if (fault instanceof Unavailable) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(Unavailable.RETRY_AFTER_SECONDS));
        }
        if (fault instanceof RequestTimeout) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            context.addEndHandler(end -> context.request().connection().close());
        }
        try {
            response.end(Buffer.buffer(json.writeValueAsBytes(fault.body())));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
