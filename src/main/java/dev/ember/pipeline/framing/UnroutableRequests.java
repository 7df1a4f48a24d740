package dev.ember.pipeline.framing;

import dev.ember.fault.InvalidHead;
import dev.ember.fault.NotFound;
import dev.ember.fault.Unavailable;
import dev.ember.pipeline.FaultWriter;
import dev.ember.pipeline.RequestIdFilter;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.RejectedExecutionException;

/**
 * Responds to requests that fail outside of an operation: in a filter, or before the path is matched, for example
 * because of an invalid Host header. Vert.x and Quarkus would otherwise send their own bodies.
 */
final class UnroutableRequests {

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    private final FaultWriter faults;

    UnroutableRequests(FaultWriter faults) {
        this.faults = faults;
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::respond);
        // Only these handlers receive failures of route selection and of the failure handler above.
        router.errorHandler(BAD_REQUEST, context -> respond(context, BAD_REQUEST));
        router.errorHandler(SERVER_ERROR, context -> respond(context, SERVER_ERROR));
    }

    private void respond(RoutingContext context) {
        respond(context, context.statusCode());
    }

    private void respond(RoutingContext context, int status) {
        if (context.response().headWritten()) {
            context.request().connection().close();
            return;
        }
        RequestIdFilter.identify(context);
        if (status == BAD_REQUEST) {
            faults.write(context, InvalidHead.malformed("The Host header is missing or malformed"));
        } else if (status == NOT_FOUND) {
            faults.write(context, NotFound.path(context.request().path()));
        } else if (context.failure() instanceof RejectedExecutionException) {
            faults.write(context, Unavailable.requests());
        } else {
            faults.write(context, context.failure());
        }
    }
}
