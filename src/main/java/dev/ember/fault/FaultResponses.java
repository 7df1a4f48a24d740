package dev.ember.fault;

import dev.ember.routing.AllowedMethods;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Renders whatever goes wrong as a fault: the one place that does. */
final class FaultResponses {

    private static final Logger LOG = Logger.getLogger(FaultResponses.class);

    /** Heat's paths for stacks and for what stacks are made of. */
    private static final Pattern STACKS =
            Pattern.compile("/v1(\\.0)?/[^/]+/(stacks|services|resource_types|template_versions)(/.*)?");

    private final OutOfMemory memory;

    FaultResponses(OutOfMemory memory) {
        this.memory = memory;
    }

    @ServerExceptionMapper
    Response fault(Fault fault) {
        return response(fault.body());
    }

    @ServerExceptionMapper
    Response unavailable(Unavailable fault) {
        return Response.fromResponse(fault((Fault) fault))
                .header(HttpHeaders.RETRY_AFTER, Unavailable.RETRY_AFTER_SECONDS)
                .build();
    }

    @ServerExceptionMapper
    Response inUse(IdempotencyKeyInUse fault) {
        return Response.fromResponse(fault((Fault) fault))
                .header(HttpHeaders.RETRY_AFTER, IdempotencyKeyInUse.RETRY_AFTER_SECONDS)
                .build();
    }

    /** The rest of the body may be unread, so that the connection is of no further use. */
    @ServerExceptionMapper
    Response tooLarge(RequestTooLarge fault, RoutingContext context) {
        context.addEndHandler(end -> context.request().connection().close());
        return Response.fromResponse(fault((Fault) fault))
                .header("Connection", "close")
                .build();
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
    Response rejected(WebApplicationException e) {
        return switch (e.getResponse().getStatus()) {
            case 400 -> response(FaultBody.of(FaultStatus.BAD_REQUEST, "HTTPBadRequest", "The request is malformed"));
            case 415 -> fault(new UnsupportedMediaType());
            default -> unexpected(e);
        };
    }

    /** Errors too: an exhausted heap must not take the thread with it. */
    @ServerExceptionMapper
    Response unexpected(Throwable e) {
        if (memory.isCauseOf(e)) {
            LOG.error("The heap is exhausted");
            return unavailable(Unavailable.memory());
        }
        if (DatabaseFailure.isBusy(e)) {
            LOG.warn("The database did not finish in time, or another request was in the way");
            return unavailable(Unavailable.busyDatabase());
        }
        if (DatabaseFailure.isCauseOf(e)) {
            LOG.warn("The database cannot be reached");
            return unavailable(Unavailable.database());
        }
        LOG.error("A request failed unexpectedly; the debug level of this category shows where");
        LOG.debug("The failure", WithoutMessages.of(e));
        return response(FaultBody.of(
                FaultStatus.INTERNAL_SERVER_ERROR,
                "HTTPInternalServerError",
                "The service failed; its log has the request id"));
    }

    private static Response response(FaultBody body) {
        return Response.status(body.code())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }
}
