package dev.ember.pipeline;

import dev.ember.fault.Fault;
import dev.ember.fault.MalformedRequest;
import dev.ember.fault.MethodNotAllowed;
import dev.ember.fault.NotFound;
import dev.ember.fault.UnsupportedMediaType;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Maps the exceptions of JAX-RS and of operations to faults. */
final class FaultMapper {

    private final FaultWriter writer;
    private final UnexpectedFailures failures;

    FaultMapper(FaultWriter writer, UnexpectedFailures failures) {
        this.writer = writer;
        this.failures = failures;
    }

    @ServerExceptionMapper
    Response fault(Fault fault, HttpServerRequest request) {
        return writer.response(request, fault);
    }

    @ServerExceptionMapper
    Response unknownPath(NotFoundException e, HttpServerRequest request) {
        return writer.response(request, NotFound.path(request.path()));
    }

    @ServerExceptionMapper
    Response wrongMethod(NotAllowedException e, HttpServerRequest request) {
        return writer.response(request, new MethodNotAllowed(AllowedMethods.ofCurrentRequest()));
    }

    @ServerExceptionMapper
    Response rejected(WebApplicationException e, HttpServerRequest request, SimpleResourceInfo operation) {
        Fault fault =
                switch (e.getResponse().getStatus()) {
                    case 400 -> new MalformedRequest("The request is malformed");
                    case 415 -> new UnsupportedMediaType();
                    default -> failures.toFault(e, operation);
                };
        return writer.response(request, fault);
    }

    /** Also maps errors, because an exhausted heap must not end the thread. */
    @ServerExceptionMapper
    Response unexpected(Throwable e, HttpServerRequest request, SimpleResourceInfo operation) {
        return writer.response(request, failures.toFault(e, operation));
    }
}
