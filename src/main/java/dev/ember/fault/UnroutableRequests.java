package dev.ember.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ember.requestid.RequestIdFilter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/** Answers requests that fail before their path is looked at, such as those with a Host header that is none. */
final class UnroutableRequests {

    private final Buffer fault;

    UnroutableRequests(ObjectMapper json) throws JsonProcessingException {
        fault = Buffer.buffer(json.writeValueAsBytes(FaultBody.of(
                FaultStatus.BAD_REQUEST, "HTTPBadRequest", "The request line or the Host header is malformed")));
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::answer);
    }

    private void answer(RoutingContext context) {
        if (context.statusCode() != FaultStatus.BAD_REQUEST.code()) {
            context.next();
            return;
        }
        RequestIdFilter.identify(context);
        context.response()
                .setStatusCode(context.statusCode())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(fault);
    }
}
