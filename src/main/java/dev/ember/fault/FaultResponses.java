package dev.ember.fault;

import dev.ember.routing.AllowedMethods;
import dev.ember.routing.ConnectionEnd;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Renders whatever goes wrong as a fault: the one place that does. */
final class FaultResponses {

    private static final Logger LOG = Logger.getLogger(FaultResponses.class);

    /** Heat's paths for stacks and for what stacks are made of. */
    private static final Pattern STACKS =
            Pattern.compile("/v1(\\.0)?/[^/]+/(stacks|services|resource_types|template_versions)(/.*)?");

    private final OutOfMemory memory;
    private final Event<DatabaseFailure> databaseFailures;

    FaultResponses(OutOfMemory memory, Event<DatabaseFailure> databaseFailures) {
        this.memory = memory;
        this.databaseFailures = databaseFailures;
    }

    @ServerExceptionMapper
    Response fault(Fault fault, HttpServerRequest request) {
        if (fault.endsConnection()) {
            ConnectionEnd.after(request);
        }
        return response(fault);
    }

    @ServerExceptionMapper
    Response unknownPath(NotFoundException e, RoutingContext context) {
        String path = context.request().path();
        String reason = path != null && STACKS.matcher(path).matches()
                ? "This service has software configs and software deployments, not stacks"
                : "There is nothing at this path";
        return response(FaultBody.of(FaultStatus.NOT_FOUND, "HTTPNotFound", reason + "; GET /q/openapi lists what is"));
    }

    @ServerExceptionMapper
    Response wrongMethod(NotAllowedException e) {
        String allow = String.join(", ", AllowedMethods.ofPresentRequest());
        FaultBody body =
                FaultBody.of(FaultStatus.METHOD_NOT_ALLOWED, "HTTPMethodNotAllowed", "This path takes only " + allow);
        return Response.fromResponse(response(body))
                .header(HttpHeaders.ALLOW, allow)
                .build();
    }

    @ServerExceptionMapper
    Response rejected(WebApplicationException e, SimpleResourceInfo operation) {
        return switch (e.getResponse().getStatus()) {
            case 400 -> response(FaultBody.of(FaultStatus.BAD_REQUEST, "HTTPBadRequest", "The request is malformed"));
            case 415 -> response(new UnsupportedMediaType());
            default -> unexpected(e, operation);
        };
    }

    /** Errors too: an exhausted heap must not take the thread with it. */
    @ServerExceptionMapper
    Response unexpected(Throwable e, SimpleResourceInfo operation) {
        if (memory.isCauseOf(e)) {
            LOG.error("The heap is exhausted");
            return response(Unavailable.memory());
        }
        DatabaseFailure failure = DatabaseFailure.of(e);
        databaseFailures.fire(failure);
        return switch (failure) {
            case UNREACHABLE -> unavailable(Level.WARN, "The database cannot be reached", Unavailable.database(), e);
            case BUSY ->
                unavailable(
                        Level.WARN,
                        "The database did not finish in time, or another request was in the way",
                        Unavailable.busyDatabase(),
                        e);
            case READ_ONLY -> unavailable(Level.WARN, "The database is read-only", Unavailable.readOnlyDatabase(), e);
            case STALE_STATEMENT ->
                unavailable(
                        Level.WARN, "The database rejected a prepared statement twice", Unavailable.databaseUse(), e);
            case SCHEMA ->
                unavailable(
                        Level.ERROR,
                        "The database lacks a table, column or function that the service uses",
                        Unavailable.schema(),
                        e);
            case MISCONFIGURED ->
                unavailable(
                        Level.ERROR,
                        "The database rejects the role of the service; check its credentials and privileges",
                        Unavailable.databaseUse(),
                        e);
            case CONSTRAINT -> failed("The database rejected values that passed validation", e, operation);
            case NONE, DEFECT -> failed("A request failed unexpectedly", e, operation);
        };
    }

    private Response unavailable(Level level, String what, Unavailable fault, Throwable e) {
        LOG.log(level, what + Diagnosis.sqlState(e));
        return response(fault);
    }

    private static Response failed(String what, Throwable e, SimpleResourceInfo operation) {
        LOG.errorf("%s in %s: %s", what, name(operation), Diagnosis.of(e));
        return response(FaultBody.of(
                FaultStatus.INTERNAL_SERVER_ERROR,
                "HTTPInternalServerError",
                "The service failed; its log has the request id"));
    }

    private static String name(SimpleResourceInfo operation) {
        return operation == null || operation.getResourceClass() == null
                ? "no operation"
                : operation.getResourceClass().getSimpleName() + "." + operation.getMethodName();
    }

    private static Response response(Fault fault) {
        Response.ResponseBuilder response = Response.fromResponse(response(fault.body()));
        fault.headers().forEach(response::header);
        return response.build();
    }

    private static Response response(FaultBody body) {
        return Response.status(body.code())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }
}
